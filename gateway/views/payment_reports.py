"""A client says that they have paid an invoice elsewhere. The merchant confirms or refuses it; only then Zoho
is told.
"""

from __future__ import annotations

import secrets
from contextlib import closing

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import OrderKind
from cache.records.payment_proofs import LARGEST, proof_of
from cache.records.reported_payment import MODES
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit, client_only
from gateway.forms.payment_report import LONGEST_REFERENCE, PaymentReportForm
from gateway.forms.posted_form import read_form
from gateway.orders.open_orders import orders_on
from gateway.paying.pay_standing import pay_standing
from gateway.paying.payment_reporting import open_report, record_report, report_faults
from gateway.reading.document_kinds import INVOICES
from gateway.reading.document_reading import Reading, read_document
from gateway.template_filters import today
from gateway.wording import _

bp = Blueprint("payment_reports", __name__)


@bp.get("/invoices/<zoho_id:invoice_id>/paid-already")
@client_only
def ask(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    reading = _owed(visit, invoice_id)
    invoice = reading.document
    if order := open_report(orders_on(visit, invoice_id)):
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    if elsewhere := _where_it_is_settled(visit, invoice):
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
    """Record it for the merchant and go to its receipt. While one is open, its receipt is shown instead of
    making a second.
    """
    reading = _owed(visit, invoice_id)
    invoice = reading.document
    if elsewhere := _where_it_is_settled(visit, invoice):
        return redirect(elsewhere, code=303)
    posted = read_form(PaymentReportForm(), request.form)
    if "form_key" in posted.errors:
        abort(400)
    errors = posted.errors or report_faults(invoice, posted.values["amount"], posted.values["date"])
    content = _attached()
    proof = proof_of(content)
    if content and (proof is None or len(content) > LARGEST):
        errors = {**errors, "proof": _("Please attach a PDF, PNG or JPEG of at most 2 MB.")}
    if errors:
        typed = {name: request.form.get(name, "") for name in ("amount", "date", "mode", "reference")}
        return _form(reading, typed, errors=errors, status=422)
    kept = record_report(visit, invoice, posted.values, proof)
    return redirect(url_for("requests.one", order_id=kept.id), code=303)


def _owed(visit: ClientVisit, invoice_id: str) -> Reading[Invoice]:
    """The merchant's switch is a wall; and nothing is paid where nothing is owed."""
    visit.require(OrderKind.RECORD_PAYMENT)
    reading = read_document(visit, INVOICES, invoice_id)
    if not reading.document.can_be_paid() and open_report(orders_on(visit, invoice_id)) is None:
        abort(404)
    return reading


def _where_it_is_settled(visit: ClientVisit, invoice: Invoice) -> str:
    """Where what else is under way for the invoice can be gone on with or cancelled, which comes first; ""
    for nothing.
    """
    standing = pay_standing(visit, invoice)
    if standing.credit_use:
        return url_for("requests.one", order_id=standing.credit_use.id)
    return url_for("paying.look", invoice_id=invoice.id) if standing.is_held else ""


def _attached() -> bytes:
    """The file of the form, b"" for none; one byte more than is allowed tells that it is too large."""
    file = request.files.get("proof")
    if file is None:
        return b""
    with closing(file):
        return file.stream.read(LARGEST + 1)


def _form(
    reading: Reading[Invoice],
    typed: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "pages/invoices/paid_already.html",
        reading=reading,
        invoice=reading.document,
        typed=typed,
        errors=errors or {},
        modes=MODES,
        longest_reference=LONGEST_REFERENCE,
        form_key=secrets.token_urlsafe(18),
    )
    return make_response(page, status)
