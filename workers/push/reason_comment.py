"""The client's reason as a comment: there is no parameter for it, and Zoho names the merchant as its author (FACTS 4.4)."""

from __future__ import annotations

from collections.abc import Iterable

from cache.records.order import Order
from connectors.zoho.documents.comment import Comment

LONGEST = 2000
"""Characters of a comment. What a longer reason loses still stands in the order."""


def comment_text(order: Order) -> str:
    """Says who is speaking, and carries the request's number so that it can be found again."""
    before, after = f"{order.person_name} declined this estimate in the client portal: “", f"” (request {order.id})"
    room = LONGEST - len(before) - len(after)
    reason = order.reason if len(order.reason) <= room else order.reason[: room - 1] + "…"
    return before + reason + after


def is_among(comments: Iterable[Comment], order: Order) -> bool:
    """Whether the comment of this very request is there already. Texts come back escaped or reworded; its number does not."""
    return any(order.id in comment.text for comment in comments)
