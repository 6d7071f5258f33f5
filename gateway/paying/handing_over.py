"""Hands a client over to Zoho's page for one invoice. Its address is a bearer link: it stands in one answer
and is kept nowhere.

One page at most lives per invoice: whoever presses while one is open is led to that one, and a page that came
second is never shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import url_for

from cache.records.open_payment import HANDED_AT, SET_ASIDE, OpenPayment, as_shown, open_payment_of
from cache.records.order import Order, OrderKind, OrderState, new_order_id
from config.phrases import Phrase
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.errors import ZohoError, ZohoNotFound, ZohoRefused, ZohoScopeMissing
from connectors.zoho.zoho_lines import ZohoLines
from gateway.access import ClientVisit
from gateway.orders.recording import record_order
from gateway.paying.pay_routes import PayRoute, routes_of
from gateway.paying.way_to_zoho import WayToZoho, page_again
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_reading import DocumentIsCold
from gateway.wiring import wired

T = TypeVar("T")

WATCHED_FOR = dt.timedelta(days=30)
"""A bank debit takes days; so long Zoho may be away before a person must look."""


@dataclass(frozen=True)
class HandedOver:
    """order: the open payment of this invoice. way: None where it is another's, and the page that was just
    made is not shown.
    """

    order: Order
    way: WayToZoho | None


def hand_over(visit: ClientVisit, invoice: Invoice, *, form_key: str, round_id: str) -> HandedOver | None:
    """Make the page and record the payment in one atomic step; None when the invoice cannot be paid online.

    invoice: from a last look. Raises DocumentIsCold when Zoho does not answer, HeldBack when credit is being
    used meanwhile.
    """
    order_id = new_order_id()
    back = wired().settings.portal_url + url_for("paying.back", order_id=order_id)
    routes = routes_of(invoice, visit.settings, visit.connection, wired().refused_scopes.of(visit.scope.org))
    payments_before, way = _asked(
        visit, ("pay", order_id), lambda zoho: (_payments(zoho, invoice), _way(zoho, invoice, routes, back))
    )
    if way is None or not way.leads_out:
        return None
    opened = OpenPayment(way.page_id, invoice.payment_made, payments_before, round_id)
    order = record_order(
        visit,
        form_key=form_key,
        order_id=order_id,
        kind=OrderKind.PAY_INVOICE,
        document_id=invoice.id,
        document_number=invoice.number,
        words=Phrase("%(name)s went on to Zoho’s page to pay.", name=visit.account.name),
        seen_version=invoice.version,
        seen_total=invoice.balance,
        currency=invoice.currency,
        shown=as_shown(opened),
        state=OrderState.HANDED_OVER,
        patience=WATCHED_FOR,
    )
    return HandedOver(order, way if order.id == order_id else None)


def go_on(visit: ClientVisit, order: Order, invoice: Invoice) -> WayToZoho | None:
    """The way to the page of an open payment, asked of Zoho anew; None when nothing can be paid on it any
    more. Whoever set it aside is overruled. Raises DocumentIsCold, HeldBack.
    """
    page_id = open_payment_of(order.shown).page_id
    way = (
        _asked(visit, ("pay on", order.id), lambda zoho: page_again(zoho, page_id))
        if page_id
        else _own_page(invoice)
    )
    if way is None or not way.leads_out:
        hurry(order)
        return None
    noted = {HANDED_AT: dt.datetime.now(dt.UTC).isoformat(), SET_ASIDE: ""}
    wired().orders.note(
        order, noted, words=Phrase("%(name)s went on to Zoho’s page to pay.", name=visit.account.name)
    )
    return way


def set_aside(visit: ClientVisit, order: Order) -> None:
    """Nobody is held up by it any more. It is still watched, since Zoho's page may be open in some tab."""
    words = Phrase("%(name)s cancelled it here.", name=visit.account.name)
    wired().orders.note(order, {SET_ASIDE: visit.account.name}, words=words)


def hurry(order: Order) -> None:
    """Have Zoho asked at once what became of it; a person can cause this every few seconds at most."""
    if wired().orders.note(order, {}):
        wired().doorbell.ring_order(order.org, order.id)


def _payments(zoho: ZohoLines, invoice: Invoice) -> tuple[str, ...]:
    return tuple(one.id for one in zoho.books.invoices.payments(invoice.id).value)


def _way(zoho: ZohoLines, invoice: Invoice, routes: tuple[PayRoute, ...], back: str) -> WayToZoho | None:
    """The first way that this invoice really has."""
    for route in routes:
        way = _billing_page(zoho, invoice, back) if route is PayRoute.BILLING else None
        if route is PayRoute.INVOICE_PAGE:
            way = _own_page(invoice)
        if way is not None:
            return way
    return None


def _billing_page(zoho: ZohoLines, invoice: Invoice, back: str) -> WayToZoho | None:
    """None where Billing does not know this invoice. Its ids may be others than those of Books, so the number
    must fit (FACTS 8).
    """
    try:
        theirs = zoho.billing.invoices.get(invoice.id).value
        if (theirs.number, theirs.total) != (invoice.number, invoice.total):
            return None
        page = zoho.billing.hosted_pages.pay_invoice(invoice.id, redirect_url=back).value
    except (ZohoNotFound, ZohoRefused, ZohoScopeMissing):
        return None
    return WayToZoho(page.url, page.id)


def _own_page(invoice: Invoice) -> WayToZoho | None:
    return WayToZoho(invoice.url) if invoice.url else None


def _asked(visit: ClientVisit, what: tuple[str, ...], ask: Callable[[ZohoLines], T]) -> T:
    try:
        return ask_for_person(visit, what, ask, kept=lambda: None)
    except (ZohoError, TakesTooLong) as trouble:
        raise DocumentIsCold("payment page") from trouble
