"""A card or a bank account being replaced on Zoho's page, as an order carries it: which page, and what was
stored before, masked. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from config.phrases import kept, read_phrase


class MethodReplacement(NamedTuple):
    """page_id: Zoho's number of the page; its address is a bearer link and is never kept. before: the card or
    account in words.
    """

    page_id: str
    before: str


def as_shown(replacement: MethodReplacement) -> dict[str, Any]:
    """For the `shown` of an order. The name is from when only cards were replaced; orders that are kept have
    it.
    """
    return {"card": [replacement.page_id, kept(replacement.before)]}


def replacement_of(shown: Mapping[str, Any]) -> MethodReplacement:
    """From the `shown` of an order. Raises KeyError for orders of other kinds."""
    page_id, before = shown["card"]
    return MethodReplacement(page_id, read_phrase(before))
