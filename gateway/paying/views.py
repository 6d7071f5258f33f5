"""Pay Now: review, redirect to Zoho's page, resume an open payment, and return, which
proves nothing (zoho.md 7.2).
"""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.order_conflict import OrderConflict
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from gateway.paying.available_credit import available_credit
from gateway.paying.checkout import dismiss_checkout, expedite, resume_checkout, start_checkout
from gateway.paying.forms import OpenPaymentForm, PayForm
from gateway.paying.invoice_review import InvoiceChange, invoice_changes, invoice_fingerprint, review_invoice
from gateway.paying.payment_routes import PaymentRoute, routes_of
from gateway.paying.payment_status import payment_status_of
from gateway.paying.zoho_page import ZohoPage
from gateway.reading.document_reader import DocumentIsCold, LoadedDocument, read_document
from gateway.requests.open_orders import own_order
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("paying", __name__)


@bp.get("/invoices/<zoho_id:invoice_id>/pay")
@client_only
def review(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """The invoice freshly fetched, and what changed since it was last fetched."""
    visit.require(OrderKind.PAY_INVOICE)
    known = read_document(visit, INVOICES, invoice_id)
    fresh = review_invoice(visit, known)
    return _page(visit, fresh, invoice_changes(known.document, fresh.document), batch_id=_batch_id_from_url())


@bp.post("/invoices/<zoho_id:invoice_id>/pay")
@client_only
def start(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Page with the link to Zoho; or what changed; or the payment already open."""
    visit.require(OrderKind.PAY_INVOICE)
    known = read_document(visit, INVOICES, invoice_id)
    posted = read_form(PayForm(), request.form)
    if posted.errors:
        abort(400)
    batch_id = posted.values["batch_id"]
    fresh = review_invoice(visit, known)
    payment_status = payment_status_of(visit, fresh.document)
    if (
        payment_status.is_being_paid
        or payment_status.reported
        or payment_status.credit_use
        or not fresh.document.can_be_paid()
    ):
        return make_response(_page(visit, fresh, [], batch_id=batch_id), 409)
    if fresh.is_stale:
        raise DocumentIsCold("invoice")
    if invoice_fingerprint(fresh.document) != posted.values["seen"]:
        return make_response(
            _page(
                visit,
                fresh,
                invoice_changes(known.document, fresh.document),
                batch_id=batch_id,
                is_outdated=True,
            ),
            409,
        )
    if payment_status.open_payment is not None:
        return _resume(visit, payment_status.open_payment, fresh.document)
    try:
        checkout = start_checkout(
            visit, fresh.document, form_key=posted.values["form_key"], batch_id=batch_id
        )
    except OrderConflict:
        # Credit was used since the review; the page shows it.
        return redirect(url_for("paying.review", invoice_id=invoice_id, round=batch_id or None), code=303)
    if checkout is None:
        return make_response(_page(visit, fresh, [], batch_id=batch_id, has_no_page=True), 409)
    if checkout.zoho_page is None:
        return redirect(url_for("paying.review", invoice_id=invoice_id, round=batch_id or None), code=303)
    return _checkout_page(fresh.document, checkout.order, checkout.zoho_page)


@bp.post("/invoices/<zoho_id:invoice_id>/pay/continue")
@client_only
def resume(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Link to the open page, whoever opened it. If it has ended, the receipt says how."""
    order, invoice = _open_payment(visit, invoice_id)
    return redirect(_review_url(invoice_id), code=303) if order is None else _resume(visit, order, invoice)


@bp.post("/invoices/<zoho_id:invoice_id>/pay/cancel")
@client_only
def cancel(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Dismiss the open payment, so that the invoice can be paid or reported in another way."""
    order, _ = _open_payment(visit, invoice_id)
    if order is not None:
        dismiss_checkout(visit, order)
    return redirect(_review_url(invoice_id), code=303)


@bp.get("/requests/<order_id:order_id>/back")
@client_only
def back(visit: ClientVisit, order_id: str) -> ResponseReturnValue:
    """Zoho's redirect target. Query parameters are ignored because they prove nothing: Zoho is polled and the
    receipt shows the outcome.
    """
    order = own_order(visit, order_id) or abort(404)
    if order.state is OrderState.AT_CHECKOUT:
        expedite(order)
    return redirect(url_for("requests.detail", order_id=order.id), code=303)


def _resume(visit: ClientVisit, order: Order, invoice: Invoice) -> ResponseReturnValue:
    try:
        zoho_page = resume_checkout(visit, order, invoice)
    except OrderConflict:
        return redirect(_review_url(invoice.id), code=303)
    if zoho_page is None:
        return redirect(url_for("requests.detail", order_id=order.id), code=303)
    return _checkout_page(invoice, order, zoho_page)


def _open_payment(visit: ClientVisit, invoice_id: str) -> tuple[Order | None, Invoice]:
    visit.require(OrderKind.PAY_INVOICE)
    invoice = read_document(visit, INVOICES, invoice_id).document
    if read_form(OpenPaymentForm(), request.form).errors:
        abort(400)
    return payment_status_of(visit, invoice).open_payment, invoice


def _checkout_page(invoice: Invoice, order: Order, zoho_page: ZohoPage) -> ResponseReturnValue:
    return render_template("paying/checkout.html", invoice=invoice, order=order, zoho_page=zoho_page)


def _page(
    visit: ClientVisit,
    fresh: LoadedDocument[Invoice],
    changes: list[InvoiceChange],
    *,
    batch_id: str,
    is_outdated: bool = False,
    has_no_page: bool = False,
) -> str:
    invoice = fresh.document
    routes = routes_of(
        invoice, visit.settings, visit.connection, services().refused_scopes.of(visit.scope.org)
    )
    return render_template(
        "paying/invoice_review.html",
        reading=fresh,
        invoice=invoice,
        changes=changes,
        is_outdated=is_outdated,
        batch_id=batch_id,
        has_no_page=has_no_page,
        payment_status=payment_status_of(visit, invoice),
        route=routes[0] if routes else None,
        by_bank=PaymentRoute.BANK in routes,
        credits=available_credit(visit, invoice) if visit.allows(OrderKind.APPLY_CREDIT) else [],
        seen=invoice_fingerprint(invoice),
        form_key=secrets.token_urlsafe(18),
    )


def _batch_id_from_url() -> str:
    """The batch id in the URL, if well formed."""
    posted = PayForm(only=("batch_id",)).validate({"batch_id": request.args.get("round", "")})
    return "" if posted else request.args.get("round", "")


def _review_url(invoice_id: str) -> str:
    return url_for("paying.review", invoice_id=invoice_id)
