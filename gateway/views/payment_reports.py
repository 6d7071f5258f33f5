"""A client says that they have paid an invoice elsewhere. The merchant confirms or refuses it; only then Zoho is told."""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import closing
from decimal import Decimal

from babel.numbers import get_currency_precision
from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import Order, OrderKind, OrderState, new_order_id
from cache.records.payment_proofs import LARGEST, proof_of
from cache.records.reported_payment import MODES, ReportedPayment, as_shown
from config.phrases import Phrase
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit, client_only
from gateway.forms.payment_report import LONGEST_REFERENCE, PaymentReportForm
from gateway.forms.posted_form import read_form
from gateway.orders.open_orders import orders_on
from gateway.orders.recording import record_order
from gateway.paying.pay_standing import pay_standing
from gateway.reading.document_kinds import INVOICES
from gateway.reading.document_reading import Reading, read_document
from gateway.template_filters import money, today
from gateway.wiring import wired
from gateway.wording import _, ngettext

bp = Blueprint("payment_reports", __name__)

OLDEST = dt.timedelta(days=366)


@bp.get("/invoices/<zoho_id:invoice_id>/paid-already")
@client_only
def ask(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    reading = _owed(visit, invoice_id)
    invoice = reading.document
    if order := open_report(orders_on(visit, invoice_id)):
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    if (standing := pay_standing(visit, invoice)).credit_use:
        return redirect(url_for("requests.one", order_id=standing.credit_use.id), code=303)
    if standing.is_held:
        return redirect(url_for("paying.look", invoice_id=invoice_id), code=303)
    return _form(reading, {"amount": str(invoice.balance), "date": today().isoformat(), "mode": "banktransfer", "reference": ""})


@bp.post("/invoices/<zoho_id:invoice_id>/paid-already")
@client_only
def report(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Record it for the merchant and go to its receipt. While one is open, its receipt is shown instead of making a second."""
    reading = _owed(visit, invoice_id)
    invoice = reading.document
    if (standing := pay_standing(visit, invoice)).credit_use:
        return redirect(url_for("requests.one", order_id=standing.credit_use.id), code=303)
    if standing.is_held:
        # It is being paid on Zoho's page just now: going on with that, or cancelling it, comes first.
        return redirect(url_for("paying.look", invoice_id=invoice_id), code=303)
    posted = read_form(PaymentReportForm(), request.form)
    if "form_key" in posted.errors:
        abort(400)
    errors = posted.errors or _faults(invoice, posted.values["amount"], posted.values["date"])
    content = _attached()
    proof = proof_of(content)
    if content and (proof is None or len(content) > LARGEST):
        errors = {**errors, "proof": _("Please attach a PDF, PNG or JPEG of at most 2 MB.")}
    if errors:
        typed = {name: request.form.get(name, "") for name in ("amount", "date", "mode", "reference")}
        return _form(reading, typed, errors=errors, status=422)
    told = ReportedPayment(posted.values["date"], posted.values["mode"], posted.values["reference"])
    order_id, shown = new_order_id(), as_shown(told)
    if proof is not None:
        # Before the order: what its receipt says is attached is there.
        wired().payment_proofs.put(visit.scope.org, order_id, proof)
        shown |= {"proof": proof.kind}
    kept = record_order(
        visit, form_key=posted.values["form_key"], order_id=order_id, kind=OrderKind.RECORD_PAYMENT, document_id=invoice.id,
        document_number=invoice.number,
        words=Phrase(
            "%(name)s reported a payment. %(merchant)s is asked to confirm it.", name=visit.account.name, merchant=visit.merchant_name
        ),
        seen_version=invoice.version, seen_total=posted.values["amount"], currency=invoice.currency, shown=shown,
        state=OrderState.PROPOSED,
    )  # fmt: skip
    if proof is not None and kept.id != order_id:
        wired().payment_proofs.forget(visit.scope.org, order_id)
    return redirect(url_for("requests.one", order_id=kept.id), code=303)


def _attached() -> bytes:
    """The file of the form, b"" for none; one byte more than is allowed tells that it is too large."""
    file = request.files.get("proof")
    if file is None:
        return b""
    with closing(file):
        return file.stream.read(LARGEST + 1)


def open_report(orders: list[Order]) -> Order | None:
    """The reported payment among an invoice's orders that is not settled yet."""
    return next((one for one in orders if one.kind is OrderKind.RECORD_PAYMENT and not one.is_final), None)


def _owed(visit: ClientVisit, invoice_id: str) -> Reading[Invoice]:
    """The merchant's switch is a wall; and nothing is paid where nothing is owed."""
    visit.require(OrderKind.RECORD_PAYMENT)
    reading = read_document(visit, INVOICES, invoice_id)
    if not reading.document.can_be_paid() and open_report(orders_on(visit, invoice_id)) is None:
        abort(404)
    return reading


def _faults(invoice: Invoice, amount: Decimal, date: dt.date) -> dict[str, str]:
    """What no schema can know. Money is exact in its currency: no yen has cents."""
    errors = {}
    places = get_currency_precision(invoice.currency)
    if amount != round(amount, places):
        errors["amount"] = _places_words(invoice.currency, places)
    elif amount > invoice.balance:
        errors["amount"] = _("Only %(amount)s is still to pay on this invoice.", amount=money(invoice.balance, invoice.currency))
    if date > today():
        errors["date"] = _("This day is still to come.")
    elif date < today() - OLDEST:
        errors["date"] = _("This is more than a year ago. Please ask the merchant directly.")
    return errors


def _places_words(currency: str, places: int) -> str:
    if not places:
        return _("%(currency)s has no decimal places.", currency=currency)
    return ngettext("%(currency)s has %(num)s decimal place.", "%(currency)s has %(num)s decimal places.", places, currency=currency)


def _form(
    reading: Reading[Invoice], typed: dict[str, str], *, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "pages/invoices/paid_already.html", reading=reading, invoice=reading.document, typed=typed, errors=errors or {},
        modes=MODES, longest_reference=LONGEST_REFERENCE, form_key=secrets.token_urlsafe(18),
    )  # fmt: skip
    return make_response(page, status)
