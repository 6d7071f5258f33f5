"""Texts about an order: what was asked for, its status, what people can do. Never ahead
of what Zoho confirmed.
"""

from __future__ import annotations

import datetime as dt

from cache.records.orders.order import Order, OrderKind, OrderState
from config.stored_messages import N_
from gateway.requests.order_kinds import ORDER_PAGES
from gateway.web.template_filters import clock, moment
from gateway.web.wording import _

NEXT_TRIES = {
    OrderState.WAITING: N_("The next try is at %(time)s."),
    OrderState.UNCERTAIN: N_("Zoho is read again at %(time)s."),
    OrderState.AT_CHECKOUT: N_("Zoho is asked again at %(time)s."),
}


def unconfirmed_text(order: Order, reader: str, at: str = "") -> str:
    """Who answered an estimate, and when: "Accepted by you at 10:42, not yet confirmed by Zoho." reader:
    account id of the person reading.
    """
    name, accepts = order.person_name, order.kind is OrderKind.ACCEPT_ESTIMATE
    if order.account_id == reader:
        if at:
            if accepts:
                return _("Accepted by you at %(time)s, not yet confirmed by Zoho.", time=at)
            return _("Declined by you at %(time)s, not yet confirmed by Zoho.", time=at)
        return (
            _("Accepted by you, not yet confirmed by Zoho")
            if accepts
            else _("Declined by you, not yet confirmed by Zoho")
        )
    if at:
        if accepts:
            return _("Accepted by %(name)s at %(time)s, not yet confirmed by Zoho.", name=name, time=at)
        return _("Declined by %(name)s at %(time)s, not yet confirmed by Zoho.", name=name, time=at)
    if accepts:
        return _("Accepted by %(name)s, not yet confirmed by Zoho", name=name)
    return _("Declined by %(name)s, not yet confirmed by Zoho", name=name)


def document_link_label(order: Order) -> str:
    """Text of the link to the order's document."""
    return _(ORDER_PAGES[order.kind].document_link_label)


def headline(order: Order) -> str:
    """Status of the order, in one line."""
    return ORDER_PAGES[order.kind].headline(order)


def advice(order: Order) -> str:
    """What the client can do now, "" for nothing."""
    return ORDER_PAGES[order.kind].advice(order)


def next_try(order: Order) -> str:
    """When the next automatic attempt is due, "" when none is planned or it is overdue."""
    if order.state not in NEXT_TRIES or order.next_at is None or order.next_at <= dt.datetime.now(dt.UTC):
        return ""
    return _(NEXT_TRIES[order.state], time=clock(order.next_at))


def seen_version_text(order: Order) -> str:
    """Version of the document the client saw, "" when Zoho gives none (zoho.md 9.10) or none was shown."""
    if not order.seen_version:
        return ""
    return _("Seen in the version of %(time)s", time=moment(dt.datetime.fromisoformat(order.seen_version)))


def reason_label(order: Order) -> str:
    """Label of the client's own text."""
    return _(ORDER_PAGES[order.kind].reason_label)
