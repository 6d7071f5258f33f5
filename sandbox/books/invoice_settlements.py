"""`/invoices/{id}/credits`, `/writeoff` and what settled an invoice (zoho.md 4.5)."""

from __future__ import annotations

from flask import Response, request

from sandbox import invoice_settling
from sandbox.books.blueprint import books
from sandbox.books.caller import Call, body_of, needs
from sandbox.books.envelope import success
from sandbox.books.invoices import invoice_of
from sandbox.books.sent_amounts import parts_of
from sandbox.wording import say


@books.get("/invoices/<invoice_id>/creditsapplied")
@needs("invoices.READ")
def list_invoice_credits_applied(call: Call, invoice_id: str) -> Response:
    """Credit notes only; payments are in the list of payments (zoho.md 9.20)."""
    return success(credits=[dict(credit) for credit in invoice_of(call, invoice_id)["credits"]])


@books.post("/invoices/<invoice_id>/credits")
@needs("invoices.CREATE")
def apply_credits_to_invoice(call: Call, invoice_id: str) -> Response:
    """`invoice_payments` and `apply_creditnotes`; the response has code and message only."""
    body = body_of(request.get_json(silent=True))
    invoice_settling.apply_credits(
        call.world,
        call.centre,
        call.organisation,
        invoice_of(call, invoice_id),
        call.user,
        payments=parts_of(body, "invoice_payments", "payment_id"),
        credit_notes=parts_of(body, "apply_creditnotes", "creditnote_id"),
    )
    return success(say(call.organisation.language, "credits_applied"))


@books.post("/invoices/<invoice_id>/writeoff")
@needs("invoices.CREATE")
def write_off_invoice(call: Call, invoice_id: str) -> Response:
    invoice_settling.write_off(
        call.world, call.centre, call.organisation, invoice_of(call, invoice_id), call.user
    )
    return success(say(call.organisation.language, "written_off"))


@books.post("/invoices/<invoice_id>/writeoff/cancel")
@needs("invoices.CREATE")
def cancel_write_off_invoice(call: Call, invoice_id: str) -> Response:
    invoice_settling.cancel_write_off(
        call.world, call.centre, call.organisation, invoice_of(call, invoice_id), call.user
    )
    return success(say(call.organisation.language, "write_off_cancelled"))
