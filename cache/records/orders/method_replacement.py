"""A card or a bank account being replaced on Zoho's page, as an order carries it: which page, and what was
stored before, masked. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from config.stored_messages import read_stored_text, stored_text


class MethodReplacement(NamedTuple):
    """page_id: Zoho's number of the page; its address is a bearer link and is never kept. before: the card or
    account in words.
    """

    page_id: str
    before: str


def as_payload(replacement: MethodReplacement) -> dict[str, Any]:
    """For the `payload` of an order. The name is from when only cards were replaced; orders that are kept
    have it.
    """
    return {"card": [replacement.page_id, stored_text(replacement.before)]}


def replacement_of(payload: Mapping[str, Any]) -> MethodReplacement:
    """From the `payload` of an order. Raises KeyError for orders of other kinds."""
    page_id, before = payload["card"]
    return MethodReplacement(page_id, read_stored_text(before))
