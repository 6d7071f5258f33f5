"""Recording a payment for one invoice."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.amounts import exact, json_number
from sandbox.app_pages.blueprint import app_pages, organisation_or_404, person_of, record_or_404
from sandbox.balances import balance_of
from sandbox.payment_booking import MODES, book_payment
from sandbox.refusals import Refused
from sandbox.runtime import place
from sandbox.times import read_date


@app_pages.route("/<organization_id>/invoices/<invoice_id>/payments/new", methods=["GET", "POST"])
def record_payment(organization_id: str, invoice_id: str) -> ResponseReturnValue:
    """The form, prefilled with the balance; an overpayment becomes the customer's unused credit."""
    org, here = organisation_or_404(organization_id), place()
    document = record_or_404(org.invoices, invoice_id)
    balance, problem, status = balance_of(document), "", 200
    if request.method == "POST":
        try:
            amount, day = _amount(request.form.get("amount", "")), request.form.get("date", "")
            if read_date(day) is None:
                raise Refused(4, "Write the date as year-month-day, for example 2026-11-02.")
            book_payment(
                here.world,
                here.centre,
                org,
                person_of(org),
                customer_id=document["customer_id"],
                amount=amount,
                mode=request.form.get("payment_mode", "cash"),
                date=day,
                reference=request.form.get("reference_number", "").strip(),
                description="",
                applied=[(invoice_id, min(amount, balance))],
            )
            return redirect(url_for(".invoice", organization_id=org.id, invoice_id=invoice_id), 303)
        except Refused as refused:
            problem, status = refused.message, 400
    return render_template(
        "app/payment_form.html",
        org=org,
        document=document,
        modes=MODES,
        problem=problem,
        typed=request.form,
        balance=json_number(balance, org.precision(document["currency_code"])),
        today=here.world.today(org).isoformat(),
    ), status


def _amount(text: str) -> Decimal:
    try:
        return exact(text.strip())
    except InvalidOperation:
        raise Refused(4, "The amount is not a number.") from None
