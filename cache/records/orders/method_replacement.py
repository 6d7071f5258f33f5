"""A card or bank account being replaced on Zoho's page, as an order's payload: which page, and what was
stored before, masked. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from config.stored_messages import read_stored_text, stored_text


class MethodReplacement(NamedTuple):
    """page_id: Zoho's id of the page; its URL is a bearer URL and is never stored. before: a description of
    the card or account.
    """

    page_id: str
    before: str


def as_payload(replacement: MethodReplacement) -> dict[str, Any]:
    """For the `payload` of an order. The key's name is from when only cards could be replaced; stored orders
    have it.
    """
    return {"card": [replacement.page_id, stored_text(replacement.before)]}


def replacement_of(payload: Mapping[str, Any]) -> MethodReplacement:
    """From the `payload` of an order. Raises KeyError for orders of other kinds."""
    page_id, before = payload["card"]
    return MethodReplacement(page_id, read_stored_text(before))
