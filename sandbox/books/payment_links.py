"""`/share/paymentlink`: a page to pay an invoice, valid until a given day (zoho.md 4.5, 7.1)."""

from __future__ import annotations

import secrets

from flask import Response, request

from sandbox.balances import balance_of
from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.books.invoices import invoice_of
from sandbox.refusals import Refused, invalid_value
from sandbox.runtime import place
from sandbox.times import read_date
from sandbox.wording import say

NOT_PAYABLE = 24020


@books.get("/share/paymentlink")
@needs("settings.ALL")
def generate_invoice_payment_link(call: Call) -> Response:
    """A GET that creates something: each call returns another URL. After the day `expiry_time` it shows
    nothing.
    """
    ends = request.args.get("expiry_time", "")
    if request.args.get("transaction_type") != "invoice":
        raise invalid_value("transaction_type")
    if request.args.get("link_type") not in ("public", "private"):
        raise invalid_value("link_type")
    day = read_date(ends)
    if day is None or day < call.world.today(call.organisation):
        raise invalid_value("expiry_time")
    invoice = invoice_of(call, request.args.get("transaction_id", ""))
    if invoice["status"] in ("draft", "void") or balance_of(invoice) <= 0:
        raise Refused(NOT_PAYABLE, say(call.organisation.language, "link_not_open"))
    key = secrets.token_urlsafe(24)
    call.organisation.payment_links[key] = {"invoice_id": invoice["invoice_id"], "ends_on": ends}
    call.world.touch()
    return success(
        say(call.organisation.language, "link_created"),
        data={"share_link": f"{place().origin}/app/{call.organisation.id}/pay/{key}"},
    )
