"""A card being replaced on Zoho's page, as an order carries it: which page, and the masked card before. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from config.phrases import kept, read_phrase


class CardReplacement(NamedTuple):
    """page_id: Zoho's number of the page; its address is a bearer link and is never kept. before: the card in words."""

    page_id: str
    before: str


def as_shown(replacement: CardReplacement) -> dict[str, Any]:
    """For the `shown` of an order."""
    return {"card": [replacement.page_id, kept(replacement.before)]}


def replacement_of(shown: Mapping[str, Any]) -> CardReplacement:
    """From the `shown` of an order. Raises KeyError for orders of other kinds."""
    page_id, before = shown["card"]
    return CardReplacement(page_id, read_phrase(before))
