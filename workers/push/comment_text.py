"""A client's text as a comment: Zoho has no parameter for a reason, and names the merchant as the author
(zoho.md 4.4).
"""

from __future__ import annotations

from collections.abc import Iterable

from cache.records.orders.order import Order
from connectors.zoho.documents.comment import Comment

LONGEST = 2000
"""Characters of a comment. The order keeps the full text."""

DECLINED = "declined this estimate in the client portal"
WROTE = "wrote in the client portal"


def comment_text(order: Order, lead: str = WROTE) -> str:
    """It names who is speaking, and carries the request's number so that it can be found again. lead: what
    they did, as the words after their name.
    """
    before, after = f"{order.person_name} {lead}: “", f"” (request {order.id})"
    room = LONGEST - len(before) - len(after)
    reason = order.reason if len(order.reason) <= room else order.reason[: room - 1] + "…"
    return before + reason + after


def has_comment_of(comments: Iterable[Comment], order: Order) -> bool:
    """Whether this request's comment exists. Zoho returns texts escaped or reworded; the number survives."""
    return any(order.id in comment.text for comment in comments)
