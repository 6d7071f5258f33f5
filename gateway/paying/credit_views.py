"""Use available credit for an invoice: the invoice is fetched from Zoho first, then an order is recorded."""

from __future__ import annotations

import secrets
from decimal import Decimal

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.credit_use import CreditUse
from cache.records.orders.order import OrderKind
from cache.records.orders.order_conflict import OrderConflict
from config.stored_messages import StoredMessage
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.paying.available_credit import AvailableCredit, available_credit
from gateway.paying.credit_forms import CreditUseForm
from gateway.paying.payment_status import payment_status_of
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.document_reader import DocumentIsCold, LoadedDocument, read_document
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form

bp = Blueprint("invoice_credits", __name__)


@bp.get("/invoices/<zoho_id:invoice_id>/credit")
@client_only
def choose(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    visit.require(OrderKind.APPLY_CREDIT)
    return _page(visit, read_document(visit, INVOICES, invoice_id))


@bp.post("/invoices/<zoho_id:invoice_id>/credit")
@client_only
def use(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Record it and redirect to its receipt; if the amounts have changed, show them and ask again."""
    visit.require(OrderKind.APPLY_CREDIT)
    read_document(visit, INVOICES, invoice_id)
    posted = read_form(CreditUseForm(), request.form)
    if posted.errors:
        abort(400)
    source, credit_id = posted.values["source"], posted.values["credit_id"]
    reading, used_before = _fetch_invoice_and_credit(visit, invoice_id, source, credit_id)
    invoice, payment_status = reading.document, payment_status_of(visit, reading.document)
    if payment_status.is_being_paid or payment_status.reported:
        return _page(visit, reading, status=409)
    credits = available_credit(visit, invoice)
    chosen = next((credit for credit in credits if (credit.source, credit.id) == (source, credit_id)), None)
    if chosen is None or chosen.amount != posted.values["amount"]:
        return _page(visit, reading, has_changed=True, status=409)
    try:
        kept = record_order(
            visit,
            NewOrder(
                kind=OrderKind.APPLY_CREDIT,
                document_id=invoice.id,
                document_number=invoice.number,
                message=StoredMessage(
                    "%(name)s asked to use %(credit)s for this invoice. It is recorded here.",
                    name=visit.account.name,
                    credit=chosen.number,
                ),
                seen_version=invoice.version,
                seen_total=chosen.amount,
                currency=chosen.currency,
                payload=CreditUse(chosen.source, chosen.id, chosen.number, used_before),
            ),
            form_key=posted.values["form_key"],
        )
    except OrderConflict:
        # A payment was opened since the review; the page shows it.
        return redirect(url_for("invoice_credits.choose", invoice_id=invoice_id), code=303)
    return redirect(url_for("requests.detail", order_id=kept.id), code=303)


def _fetch_invoice_and_credit(
    visit: ClientVisit, invoice_id: str, source: str, credit_id: str
) -> tuple[LoadedDocument[Invoice], Decimal]:
    """The invoice as Zoho has it now, and how much of this credit is already applied, to detect a repeat."""

    def fetch(zoho: OrganisationClients) -> tuple[LoadedDocument[Invoice], Decimal]:
        fetched = zoho.books.invoices.get(invoice_id)
        used = zoho.books.invoices.used_credit(invoice_id, source=source, credit_id=credit_id)
        return LoadedDocument(fetched.value, fetched.as_of), used.value

    try:
        return fetch_for_person(visit, ("credit", invoice_id, source, credit_id), fetch, cached=lambda: None)
    except (ZohoError, FetchTimeout) as trouble:
        raise DocumentIsCold from trouble


def _page(
    visit: ClientVisit, reading: LoadedDocument[Invoice], *, has_changed: bool = False, status: int = 200
) -> ResponseReturnValue:
    credits: list[AvailableCredit] = available_credit(visit, reading.document)
    page = render_template(
        "paying/credit.html",
        reading=reading,
        invoice=reading.document,
        credits=credits,
        has_changed=has_changed,
        payment_status=payment_status_of(visit, reading.document),
        form_key=secrets.token_urlsafe(18),
    )
    return make_response(page, status)
