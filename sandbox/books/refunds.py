"""`/contacts/{id}/refunds` and `/customerpayments/{id}/refunds` (zoho.md 4.2, 4.6)."""

from __future__ import annotations

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.contacts import contact_of
from sandbox.books.envelope import success
from sandbox.books.record_fields import in_base_currency
from sandbox.refusals import not_found
from sandbox.world import Record

LARGEST_PAGE = 200


@books.get("/contacts/<contact_id>/refunds")
@needs("contacts.READ")
def list_contact_refunds(call: Call, contact_id: str) -> Response:
    """Refunds of the customer's credit notes, newest first; amounts are text, as in the specification."""
    customer_id = contact_of(call, contact_id)["contact_id"]
    notes = [note for note in call.organisation.credit_notes.values() if note["customer_id"] == customer_id]
    rows = [
        {
            "creditnote_refund_id": refund["refund_id"],
            "creditnote_id": note["creditnote_id"],
            "creditnote_number": note["creditnote_number"],
            "description": "",
            "amount_bcy": str(in_base_currency(call.organisation, note, refund["amount"])),
            "amount_fcy": str(refund["amount"]),
            **_shared(note, refund),
        }
        for note in notes
        for refund in note.get("refunds", [])
    ]
    return _page("creditnote_refunds", "Credit Notes Refund", rows)


@books.get("/customerpayments/<payment_id>/refunds")
@needs("customerpayments.READ")
def list_payment_refunds(call: Call, payment_id: str) -> Response:
    payment = call.organisation.payments.get(payment_id)
    if payment is None:
        raise not_found()
    rows = [
        {
            "payment_refund_id": refund["refund_id"],
            "payment_id": payment_id,
            "payment_number": payment["payment_number"],
            "amount_bcy": in_base_currency(call.organisation, payment, refund["amount"]),
            "amount_fcy": refund["amount"],
            **_shared(payment, refund),
        }
        for refund in payment.get("refunds", [])
    ]
    return _page("payment_refunds", "Payment Refund", rows)


def _shared(of: Record, refund: Record) -> Record:
    return {
        "date": refund["date"],
        "refund_mode": refund["mode"],
        "reference_number": refund["reference"],
        "customer_name": of["customer_name"],
    }


def _page(key: str, report_name: str, rows: list[Record]) -> Response:
    page, per_page = (
        max(1, int(request.args.get("page", 1))),
        min(LARGEST_PAGE, max(1, int(request.args.get("per_page", LARGEST_PAGE)))),
    )
    rows.sort(key=lambda row: str(row["date"]), reverse=True)
    first = (page - 1) * per_page
    context = {
        "page": page,
        "per_page": per_page,
        "has_more_page": len(rows) > first + per_page,
        "report_name": report_name,
        "sort_column": "date",
        "sort_order": "D",
    }
    resources: Record = {key: rows[first : first + per_page], "page_context": context}
    return success(**resources)
