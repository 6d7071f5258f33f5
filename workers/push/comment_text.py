"""A client's words as a comment: there is no parameter for a reason, and Zoho names the merchant as its
author (zoho.md 4.4).
"""

from __future__ import annotations

from collections.abc import Iterable

from cache.records.orders.order import Order, OrderKind
from connectors.zoho.documents.comment import Comment

LONGEST = 2000
"""Characters of a comment. What a longer text loses still stands in the order."""

LEADS = {OrderKind.DECLINE_ESTIMATE: "declined this estimate in the client portal"}
WROTE = "wrote in the client portal"


def comment_text(order: Order) -> str:
    """Says who is speaking, and carries the request's number so that it can be found again."""
    before, after = f"{order.person_name} {LEADS.get(order.kind, WROTE)}: “", f"” (request {order.id})"
    room = LONGEST - len(before) - len(after)
    reason = order.reason if len(order.reason) <= room else order.reason[: room - 1] + "…"
    return before + reason + after


def has_comment_of(comments: Iterable[Comment], order: Order) -> bool:
    """Whether the comment of this very request is there already. Texts come back escaped or reworded; its
    number does not.
    """
    return any(order.id in comment.text for comment in comments)
