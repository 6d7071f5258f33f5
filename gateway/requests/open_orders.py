"""A customer's orders: open answers replace the buttons, comments are shown under their document."""

from __future__ import annotations

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.order import Order, OrderKind, OrderState
from gateway.requests.order_kinds import ORDER_PAGES
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.wording import _

EDITABLE_AGAIN = frozenset({OrderState.REFUSED, OrderState.CHANGED, OrderState.WITHDRAWN})

LATEST = 200
"""Requests of one customer that are looked through."""


def open_orders(visit: ClientVisit) -> dict[str, Order]:
    """Document id → its open answer, for all of this customer's orders."""
    return open_among(latest_orders(visit))


def open_among(orders: list[Order]) -> dict[str, Order]:
    """Document id → its open answer."""
    return {
        order.document_id: order
        for order in reversed(orders)
        if is_in_family(order, OrderFamily.ANSWER) and not order.is_final
    }


def declined_among(orders: list[Order]) -> frozenset[str]:
    """Ids of estimates whose decline Zoho confirmed. If one can be answered again, it was offered again."""
    confirmed = (
        order
        for order in orders
        if order.kind is OrderKind.DECLINE_ESTIMATE and order.state is OrderState.CONFIRMED
    )
    return frozenset(order.document_id for order in confirmed)


def orders_on(visit: ClientVisit, document_id: str) -> list[Order]:
    """Orders for this document, newest first."""
    return [order for order in latest_orders(visit) if order.document_id == document_id]


def open_answer(orders: list[Order]) -> Order | None:
    """The earliest answer that Zoho has not settled yet."""
    return next(
        (
            order
            for order in reversed(orders)
            if is_in_family(order, OrderFamily.ANSWER) and not order.is_final
        ),
        None,
    )


def comments_among(orders: list[Order]) -> list[Order]:
    """The comments, oldest first. Only those written here are known to be meant for clients (zoho.md 4.4);
    the merchant's appear once Zoho has them.
    """
    written = [order for order in reversed(orders) if is_in_family(order, OrderFamily.COMMENT)]
    return [order for order in written if not order.is_from_merchant or order.state is OrderState.CONFIRMED]


def own_order(visit: ClientVisit, order_id: str) -> Order | None:
    """An order of this customer; None for another customer's, as for one that does not exist."""
    order = services().orders.get(visit.scope.org, order_id)
    is_theirs = (
        order is not None and order.customer_id == visit.scope.customer_id and not order.is_from_merchant
    )
    return order if is_theirs else None


def requested_by(order: Order, visit: ClientVisit) -> str:
    """ "you", or the name of the colleague who placed the order."""
    return _("you") if order.account_id == visit.account.id else order.person_name


def document_page(order: Order) -> str:
    """URL of the client's page for the order's document."""
    return ORDER_PAGES[order.kind].document_page(order)


def latest_orders(visit: ClientVisit) -> list[Order]:
    """Newest first."""
    return services().orders.of_customer(visit.scope.org, visit.scope.customer_id, LATEST)
