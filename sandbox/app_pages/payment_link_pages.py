"""The page behind a payment link: anyone with its URL can pay, until its last day (zoho.md 4.5, 7.1)."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.amounts import json_number
from sandbox.app_pages.blueprint import app_pages, organisation_or_404, person_of
from sandbox.balances import balance_of
from sandbox.payment_booking import book_payment
from sandbox.refusals import Refused
from sandbox.runtime import place


@app_pages.route("/<organization_id>/pay/<key>", methods=["GET", "POST"])
def pay_by_link(organization_id: str, key: str) -> ResponseReturnValue:
    """No sign-in and no return URL: Zoho books the payment without notifying anyone."""
    org, here = organisation_or_404(organization_id), place()
    link = org.payment_links.get(key)
    if link is None or link["invoice_id"] not in org.invoices:
        abort(404)
    document, today = org.invoices[link["invoice_id"]], here.world.today(org).isoformat()
    if link["ends_on"] < today:
        return render_template("app/payment_link.html", ended=True), 410
    problem, owed = "", balance_of(document)
    if request.method == "POST":
        try:
            book_payment(
                here.world,
                here.centre,
                org,
                person_of(org),
                customer_id=document["customer_id"],
                amount=owed,
                mode="creditcard",
                date=today,
                reference="",
                description="Paid by payment link",
                applied=[(document["invoice_id"], owed)],
            )
            return redirect(url_for(".pay_by_link", organization_id=org.id, key=key), 303)
        except Refused as refused:
            problem = refused.message
    balance = json_number(owed, org.precision(document["currency_code"]))
    page = render_template(
        "app/payment_link.html",
        ended=False,
        payer_of=org,
        document=document,
        balance=balance,
        problem=problem,
    )
    return page, 409 if problem else 200
