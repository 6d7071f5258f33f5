"""Groups of the activity page. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.orders.order import OrderKind
from config.stored_messages import N_
from gateway.requests.order_kinds import ORDER_PAGES, ActivityGroup

GROUPS = {
    "all": N_("All"),
    ActivityGroup.ANSWERS: N_("Answers to estimates"),
    ActivityGroup.PAYMENTS: N_("Payments and cards"),
    ActivityGroup.COMMENTS: N_("Comments"),
    ActivityGroup.DETAILS: N_("Details"),
    "words": N_("Messages and reviews"),
}


def activity_group(group: str) -> str:
    """A key of GROUPS; unknown values mean all."""
    return group if group in GROUPS else "all"


def is_in_group(fields: Mapping[str, str], group: str) -> bool:
    """fields: of an activity entry. Entries without an order kind are messages to the merchant."""
    if group == "all":
        return True
    kind = fields.get("kind", "")
    if kind not in set(OrderKind):
        return group == "words" and not kind
    return group == ORDER_PAGES[OrderKind(kind)].activity_group
