"""A client reports an invoice as paid elsewhere. Zoho is updated only after the merchant confirms."""

from __future__ import annotations

import secrets
from contextlib import closing

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import OrderKind
from cache.records.orders.payment_proofs import MAX_BYTES, proof_of
from cache.records.orders.reported_payment import MODES
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from gateway.paying.payment_reports import open_report, record_report, report_errors
from gateway.paying.payment_status import payment_status_of
from gateway.paying.report_forms import MAX_REFERENCE_LENGTH, PaymentReportForm
from gateway.reading.document_reader import LoadedDocument, read_document
from gateway.requests.open_orders import orders_on
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.template_filters import today
from gateway.web.wording import _

bp = Blueprint("payment_reports", __name__)


@bp.get("/invoices/<zoho_id:invoice_id>/paid-already")
@client_only
def ask(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    reading = _payable_invoice(visit, invoice_id)
    invoice = reading.document
    if order := open_report(orders_on(visit, invoice_id)):
        return redirect(url_for("requests.detail", order_id=order.id), code=303)
    if elsewhere := _other_settlement_url(visit, invoice):
        return redirect(elsewhere, code=303)
    return _form(
        reading,
        {
            "amount": str(invoice.balance),
            "date": today().isoformat(),
            "mode": "banktransfer",
            "reference": "",
        },
    )


@bp.post("/invoices/<zoho_id:invoice_id>/paid-already")
@client_only
def report(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Record the report and redirect to its receipt. If one is open, redirect to that one."""
    reading = _payable_invoice(visit, invoice_id)
    invoice = reading.document
    if elsewhere := _other_settlement_url(visit, invoice):
        return redirect(elsewhere, code=303)
    posted = read_form(PaymentReportForm(), request.form)
    if "form_key" in posted.errors:
        abort(400)
    errors = posted.errors or report_errors(invoice, posted.values["amount"], posted.values["date"])
    content = _uploaded_proof()
    proof = proof_of(content)
    if content and (proof is None or len(content) > MAX_BYTES):
        errors = {**errors, "proof": _("Please attach a PDF, PNG or JPEG of at most 2 MB.")}
    if errors:
        typed = {name: request.form.get(name, "") for name in ("amount", "date", "mode", "reference")}
        return _form(reading, typed, errors=errors, status=422)
    kept = record_report(visit, invoice, posted.values, proof)
    return redirect(url_for("requests.detail", order_id=kept.id), code=303)


def _payable_invoice(visit: ClientVisit, invoice_id: str) -> LoadedDocument[Invoice]:
    """404 when the merchant has switched reports off, or nothing is owed."""
    visit.require(OrderKind.RECORD_PAYMENT)
    reading = read_document(visit, INVOICES, invoice_id)
    if not reading.document.can_be_paid() and open_report(orders_on(visit, invoice_id)) is None:
        abort(404)
    return reading


def _other_settlement_url(visit: ClientVisit, invoice: Invoice) -> str:
    """Page where another settlement in progress can be resumed or cancelled; "" for none."""
    payment_status = payment_status_of(visit, invoice)
    if payment_status.credit_use:
        return url_for("requests.detail", order_id=payment_status.credit_use.id)
    return url_for("paying.review", invoice_id=invoice.id) if payment_status.is_being_paid else ""


def _uploaded_proof() -> bytes:
    """The uploaded file, b"" for none. Reads one byte over the limit, which reveals a
    file that is too large.
    """
    file = request.files.get("proof")
    if file is None:
        return b""
    with closing(file):
        return file.stream.read(MAX_BYTES + 1)


def _form(
    reading: LoadedDocument[Invoice],
    typed: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "paying/report.html",
        reading=reading,
        invoice=reading.document,
        typed=typed,
        errors=errors or {},
        modes=MODES,
        max_reference_length=MAX_REFERENCE_LENGTH,
        form_key=secrets.token_urlsafe(18),
    )
    return make_response(page, status)
