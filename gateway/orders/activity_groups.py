"""The kinds of things that happen in a client's company, as the activity page sorts them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.order import ANSWERS, COMMENTS, EDITS, OrderKind
from config.phrases import marked

GROUPS = {
    "all": marked("All"),
    "answers": marked("Answers to estimates"),
    "payments": marked("Payments and cards"),
    "comments": marked("Comments"),
    "details": marked("Details"),
    "words": marked("Messages and reviews"),
}
KINDS: Mapping[str, frozenset[OrderKind]] = {
    "answers": ANSWERS,
    "comments": COMMENTS,
    "details": EDITS,
    "payments": frozenset(OrderKind) - ANSWERS - COMMENTS - EDITS,
}


def activity_group(asked: str) -> str:
    """A key of GROUPS; what we do not know shows all."""
    return asked if asked in GROUPS else "all"


def belongs(fields: Mapping[str, str], group: str) -> bool:
    """fields: of an entry. Entries without a kind of request are words to the merchant."""
    if group == "all":
        return True
    kind = fields.get("kind", "")
    return not kind if group == "words" else kind in KINDS[group]
