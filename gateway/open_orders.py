"""What a customer's people have asked for and Zoho has not confirmed yet: shown in the place of the buttons."""

from __future__ import annotations

from cache.records.order import FINAL, Order, OrderKind, OrderState
from gateway.access import ClientVisit
from gateway.wiring import wired

LATEST = 200
"""Requests of one customer that are looked through for open ones."""

DONE_WORDS = {OrderKind.ACCEPT_ESTIMATE: "Accepted", OrderKind.DECLINE_ESTIMATE: "Declined"}
WISHES = {OrderKind.ACCEPT_ESTIMATE: "Acceptance", OrderKind.DECLINE_ESTIMATE: "Decline"}
HEADLINES = {
    OrderState.RECORDED: "Recorded here, about to be sent to Zoho",
    OrderState.SENDING: "On its way to Zoho",
    OrderState.CONFIRMED: "Confirmed by Zoho",
    OrderState.REFUSED: "Zoho refused this",
    OrderState.CHANGED: "The estimate changed before this reached Zoho",
    OrderState.WAITING: "Kept here until Zoho can be reached",
    OrderState.UNCERTAIN: "Sent, but the answer was lost: being checked with Zoho",
    OrderState.NEEDS_ATTENTION: "A person is looking at this",
    OrderState.WITHDRAWN: "Withdrawn before it was sent",
}


def open_orders(visit: ClientVisit) -> dict[str, Order]:
    """Document id → the open order on it, for everything this customer waits for."""
    latest = wired().orders.of_customer(visit.scope.org, visit.scope.customer_id, LATEST)
    return {order.document_id: order for order in reversed(latest) if order.state not in FINAL}


def own_order(visit: ClientVisit, order_id: str) -> Order | None:
    """An order of this customer; None for anybody else's, as for one that never was."""
    order = wired().orders.get(visit.scope.org, order_id)
    return order if order is not None and order.customer_id == visit.scope.customer_id else None


def by_whom(order: Order, visit: ClientVisit) -> str:
    """ "you", or the name of the colleague who pressed the button."""
    return "you" if order.account_id == visit.account.id else order.person_name


def done_word(order: Order) -> str:
    """Accepted or Declined."""
    return DONE_WORDS[order.kind]


def wish(order: Order) -> str:
    """Acceptance or Decline: what was asked for, whatever became of it."""
    return WISHES[order.kind]


def headline(order: Order) -> str:
    """Where the order stands, in one line; never ahead of what Zoho has confirmed."""
    return HEADLINES[order.state]
