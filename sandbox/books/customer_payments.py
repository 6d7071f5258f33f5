"""`/customerpayments` (zoho.md 4.6, 5.3)."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, body_of, needs
from sandbox.books.envelope import pdf_answer, success
from sandbox.books.list_filters import Listing
from sandbox.books.listing import page_of
from sandbox.books.payment_records import payment_detail, payment_row
from sandbox.books.sent_amounts import amount_of, parts_of
from sandbox.document_pdf import receipt_pages
from sandbox.payment_booking import book_payment
from sandbox.pdf_writer import write_pdf
from sandbox.refusals import invalid_value, not_found
from sandbox.times import read_date
from sandbox.unique_field import read_custom_fields
from sandbox.wording import say
from sandbox.world import Record

MAX_REFERENCE_LENGTH = 100


@books.get("/customerpayments")
@needs("customerpayments.READ")
def list_customer_payments(call: Call) -> Response:
    """The key is `customerpayments`, unlike in the specification; newest date first (zoho.md 4.6)."""
    listing = payment_listing(request.args.get("filter_by", "").removeprefix("PaymentMode.").lower())
    return success(
        **page_of(call.organisation, listing, request.args, lambda one: payment_row(call.organisation, one))
    )


def payment_listing(mode: str) -> Listing:
    """How payments are listed; `mode` is one of them in lower case, "all" or ""."""
    return Listing(
        kind="payments",
        key="customerpayments",
        report_name="Payments Received",
        status=lambda one: "",
        exact_filters=("customer_id", "reference_number", "payment_mode"),
        number_filters=("amount",),
        computed={"notes": lambda one: one["description"]},
        text_filters=("customer_name", "notes"),
        also=None if mode in ("", "all") else lambda one: one["payment_mode"] == mode,
        searched=("payment_number", "reference_number", "customer_name"),
        columns=("customer_name", "date", "amount", "reference_number", "created_time"),
        sort_column="date",
    )


@books.get("/customerpayments/<payment_id>")
@needs("customerpayments.READ")
def get_customer_payment(call: Call, payment_id: str) -> Response:
    payment = call.organisation.payments.get(payment_id)
    if payment is None:
        raise not_found()
    if request.args.get("accept") == "pdf":
        return pdf_answer(
            write_pdf(receipt_pages(call.organisation, payment), f"Payment {payment['payment_number']}"),
            "receipt",
        )
    return success(payment=payment_detail(call.organisation, payment))


@books.post("/customerpayments")
@needs("customerpayments.CREATE")
def create_customer_payment(call: Call) -> Response:
    """Records a payment and charges nothing; the same body twice makes two payments, unless a unique custom
    field prevents it (zoho.md 5.3).
    """
    body = body_of(request.get_json(silent=True))
    payment = create_from(
        call, body, custom_fields=read_custom_fields(call.organisation, body.get("custom_fields"))
    )
    return success(
        say(call.organisation.language, "payment_created"),
        201,
        payment=payment_detail(call.organisation, payment),
    )


def create_from(call: Call, body: Record, *, custom_fields: dict[str, str]) -> Record:
    """A new payment of the body's customer. Raises Refused."""
    payment = book_payment(
        call.world,
        call.centre,
        call.organisation,
        call.user,
        customer_id=str(body.get("customer_id", "")),
        **read_payment(call, body),
    )
    payment["custom_fields"] = custom_fields
    return payment


def read_payment(call: Call, body: Record) -> dict[str, Any]:
    """A body's payment fields; the defaults are cash and today (zoho.md 5.3). Raises Refused."""
    day, reference = (
        str(body.get("date") or call.world.today(call.organisation).isoformat()),
        str(body.get("reference_number") or ""),
    )
    if read_date(day) is None:
        raise invalid_value("date")
    if len(reference) > MAX_REFERENCE_LENGTH:
        raise invalid_value("reference_number")
    return {
        "amount": amount_of(body, "amount"),
        "mode": str(body.get("payment_mode") or "cash"),
        "date": day,
        "reference": reference,
        "description": str(body.get("description") or ""),
        "applied": parts_of(body, "invoices", "invoice_id"),
    }
