"""The kinds of things that happen in a client's company, as the activity page sorts them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.orders.order import ANSWERS, COMMENTS, EDITS, OrderKind
from config.stored_messages import N_

GROUPS = {
    "all": N_("All"),
    "answers": N_("Answers to estimates"),
    "payments": N_("Payments and cards"),
    "comments": N_("Comments"),
    "details": N_("Details"),
    "words": N_("Messages and reviews"),
}
ORDER_KINDS: Mapping[str, frozenset[OrderKind]] = {
    "answers": ANSWERS,
    "comments": COMMENTS,
    "details": EDITS,
    "payments": frozenset(OrderKind) - ANSWERS - COMMENTS - EDITS,
}


def activity_group(group: str) -> str:
    """A key of GROUPS; what we do not know shows all."""
    return group if group in GROUPS else "all"


def is_in_group(fields: Mapping[str, str], group: str) -> bool:
    """fields: of an entry. Entries without a kind of request are words to the merchant."""
    if group == "all":
        return True
    kind = fields.get("kind", "")
    return not kind if group == "words" else kind in ORDER_KINDS[group]
