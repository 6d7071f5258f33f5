"""A client uses available credit for an invoice: the invoice is looked at in Zoho first, then it becomes an
order.
"""

from __future__ import annotations

import secrets
from decimal import Decimal

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.credit_use import CreditUse, as_shown
from cache.records.holding_back import HeldBack
from cache.records.order import OrderKind
from config.phrases import Phrase
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.errors import ZohoError
from connectors.zoho.zoho_lines import ZohoLines
from gateway.access import ClientVisit, client_only
from gateway.forms.credit_use import CreditUseForm
from gateway.forms.posted_form import read_form
from gateway.orders.recording import record_order
from gateway.paying.available_credit import AvailableCredit, available_credit
from gateway.paying.pay_standing import pay_standing
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_kinds import INVOICES
from gateway.reading.document_reading import DocumentIsCold, Reading, read_document

bp = Blueprint("invoice_credits", __name__)


@bp.get("/invoices/<zoho_id:invoice_id>/credit")
@client_only
def choose(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    visit.require(OrderKind.APPLY_CREDIT)
    return _page(visit, read_document(visit, INVOICES, invoice_id))


@bp.post("/invoices/<zoho_id:invoice_id>/credit")
@client_only
def use(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Record it and go to its receipt; or, when the amounts are others by now, show them and ask again."""
    visit.require(OrderKind.APPLY_CREDIT)
    read_document(visit, INVOICES, invoice_id)
    posted = read_form(CreditUseForm(), request.form)
    if posted.errors:
        abort(400)
    source, credit_id = posted.values["source"], posted.values["credit_id"]
    reading, used_before = _last_look(visit, invoice_id, source, credit_id)
    invoice, standing = reading.document, pay_standing(visit, reading.document)
    if standing.is_held or standing.reported:
        return _page(visit, reading, status=409)
    credits = available_credit(visit, invoice)
    chosen = next((one for one in credits if (one.source, one.id) == (source, credit_id)), None)
    if chosen is None or chosen.amount != posted.values["amount"]:
        return _page(visit, reading, has_changed=True, status=409)
    try:
        kept = record_order(
            visit,
            form_key=posted.values["form_key"],
            kind=OrderKind.APPLY_CREDIT,
            document_id=invoice.id,
            document_number=invoice.number,
            words=Phrase(
                "%(name)s asked to use %(credit)s for this invoice. It is recorded here.",
                name=visit.account.name,
                credit=chosen.number,
            ),
            seen_version=invoice.version,
            seen_total=chosen.amount,
            currency=chosen.currency,
            shown=as_shown(CreditUse(chosen.source, chosen.id, chosen.number, used_before)),
        )
    except HeldBack:
        # Somebody opened Zoho's page since this began; the page says so.
        return redirect(url_for("invoice_credits.choose", invoice_id=invoice_id), code=303)
    return redirect(url_for("requests.one", order_id=kept.id), code=303)


def _last_look(
    visit: ClientVisit, invoice_id: str, source: str, credit_id: str
) -> tuple[Reading[Invoice], Decimal]:
    """The invoice as Zoho has it now, and how much of this credit already stands on it: what a repeat would
    be told apart by.
    """

    def ask(zoho: ZohoLines) -> tuple[Reading[Invoice], Decimal]:
        said = zoho.books.invoices.get(invoice_id)
        used = zoho.books.invoices.used_credit(invoice_id, source=source, credit_id=credit_id)
        return Reading(said.value, said.said_at), used.value

    try:
        return ask_for_person(visit, ("credit", invoice_id, source, credit_id), ask, kept=lambda: None)
    except (ZohoError, TakesTooLong) as trouble:
        raise DocumentIsCold from trouble


def _page(
    visit: ClientVisit, reading: Reading[Invoice], *, has_changed: bool = False, status: int = 200
) -> ResponseReturnValue:
    credits: list[AvailableCredit] = available_credit(visit, reading.document)
    page = render_template(
        "pages/invoices/credit.html",
        reading=reading,
        invoice=reading.document,
        credits=credits,
        has_changed=has_changed,
        standing=pay_standing(visit, reading.document),
        form_key=secrets.token_urlsafe(18),
    )
    return make_response(page, status)
