"""Sends a client to Zoho's payment page for one invoice. The URL is a bearer link: it is sent in one response
and never stored.

At most one page is open per invoice: a second click leads to the first page, and a page created by a losing
race is never shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import url_for

from cache.records.orders.open_payment import CHECKOUT_AT, DISMISSED, OpenPayment
from cache.records.orders.order import Order, OrderKind, OrderState, new_order_id
from config.stored_messages import StoredMessage
from connectors.zoho.api.errors import ZohoError, ZohoNotFound, ZohoRefused, ZohoScopeMissing
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.paying.payment_routes import PaymentRoute, routes_of
from gateway.paying.zoho_page import ZohoPage, reopen_page
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.document_reader import DocumentIsCold
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit
from gateway.web.services import services

T = TypeVar("T")

WATCH_PERIOD = dt.timedelta(days=30)
"""A bank debit takes days; so long Zoho may be away before a person must look."""


@dataclass(frozen=True)
class Checkout:
    """order: the open payment of this invoice. zoho_page: None when another request won and the page just
    created is discarded.
    """

    order: Order
    zoho_page: ZohoPage | None


def start_checkout(visit: ClientVisit, invoice: Invoice, *, form_key: str, batch_id: str) -> Checkout | None:
    """Create the page and record the payment atomically; None when the invoice cannot be
    paid online.

    invoice: freshly fetched. Raises DocumentIsCold when Zoho does not answer, OrderConflict when credit is
    being used at the same time.
    """
    order_id = new_order_id()
    back = services().settings.portal_url + url_for("paying.back", order_id=order_id)
    routes = routes_of(
        invoice, visit.settings, visit.connection, services().refused_scopes.of(visit.scope.org)
    )
    payments_before, zoho_page = _fetch(
        visit,
        ("pay", order_id),
        lambda zoho: (_payment_ids(zoho, invoice), _find_zoho_page(zoho, invoice, routes, back)),
    )
    if zoho_page is None or not zoho_page.is_allowed:
        return None
    opened = OpenPayment(zoho_page.page_id, invoice.payment_made, payments_before, batch_id)
    order = record_order(
        visit,
        NewOrder(
            id=order_id,
            kind=OrderKind.PAY_INVOICE,
            document_id=invoice.id,
            document_number=invoice.number,
            message=StoredMessage("%(name)s went on to Zoho’s page to pay.", name=visit.account.name),
            seen_version=invoice.version,
            seen_total=invoice.balance,
            currency=invoice.currency,
            payload=opened,
            state=OrderState.AT_CHECKOUT,
            time_limit=WATCH_PERIOD,
        ),
        form_key=form_key,
    )
    return Checkout(order, zoho_page if order.id == order_id else None)


def resume_checkout(visit: ClientVisit, order: Order, invoice: Invoice) -> ZohoPage | None:
    """Fetch the link to an open payment's page again from Zoho; None when the page can no longer be paid.
    Undoes a dismissal. Raises DocumentIsCold, OrderConflict.
    """
    page_id = order.payload_as(OpenPayment).page_id
    zoho_page = (
        _fetch(visit, ("pay on", order.id), lambda zoho: reopen_page(zoho, page_id))
        if page_id
        else _invoice_page(invoice)
    )
    if zoho_page is None or not zoho_page.is_allowed:
        expedite(order)
        return None
    notes = {CHECKOUT_AT: dt.datetime.now(dt.UTC).isoformat(), DISMISSED: ""}
    services().orders.note(
        order,
        notes,
        message=StoredMessage("%(name)s went on to Zoho’s page to pay.", name=visit.account.name),
    )
    return zoho_page


def dismiss_checkout(visit: ClientVisit, order: Order) -> None:
    """Stop it from blocking other payments. It is still polled, since Zoho's page may be open in some tab."""
    words = StoredMessage("%(name)s cancelled it here.", name=visit.account.name)
    services().orders.note(order, {DISMISSED: visit.account.name}, message=words)


def expedite(order: Order) -> None:
    """Ask Zoho for the outcome now; rate limited to once every few seconds."""
    if services().orders.note(order, {}):
        services().job_queue.enqueue_order(order.org, order.id)


def _payment_ids(zoho: OrganisationClients, invoice: Invoice) -> tuple[str, ...]:
    return tuple(item.id for item in zoho.books.invoices.payments(invoice.id).value)


def _find_zoho_page(
    zoho: OrganisationClients, invoice: Invoice, routes: tuple[PaymentRoute, ...], back: str
) -> ZohoPage | None:
    """The first route that works for this invoice."""
    for route in routes:
        zoho_page = _billing_page(zoho, invoice, back) if route is PaymentRoute.BILLING else None
        if route is PaymentRoute.INVOICE_PAGE:
            zoho_page = _invoice_page(invoice)
        if zoho_page is not None:
            return zoho_page
    return None


def _billing_page(zoho: OrganisationClients, invoice: Invoice, back: str) -> ZohoPage | None:
    """None when Billing does not know this invoice. Its ids may differ from those in Books, so the number
    must match (zoho.md 8).
    """
    try:
        billing_invoice = zoho.billing.invoices.get(invoice.id).value
        if (billing_invoice.number, billing_invoice.total) != (invoice.number, invoice.total):
            return None
        page = zoho.billing.hosted_pages.pay_invoice(invoice.id, redirect_url=back).value
    except (ZohoNotFound, ZohoRefused, ZohoScopeMissing):
        return None
    return ZohoPage(page.url, page.id)


def _invoice_page(invoice: Invoice) -> ZohoPage | None:
    return ZohoPage(invoice.url) if invoice.url else None


def _fetch(visit: ClientVisit, what: tuple[str, ...], ask: Callable[[OrganisationClients], T]) -> T:
    try:
        return fetch_for_person(visit, what, ask, cached=lambda: None)
    except (ZohoError, FetchTimeout) as trouble:
        raise DocumentIsCold("payment page") from trouble
