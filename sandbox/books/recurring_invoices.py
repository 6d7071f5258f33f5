"""`/recurringinvoices`, the Books-only counterpart of subscriptions (zoho.md 4.7)."""

from __future__ import annotations

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.books.list_filters import Listing
from sandbox.books.listing import page_of
from sandbox.books.record_fields import address, currency_fields, dated, line_items
from sandbox.refusals import not_found
from sandbox.world import Organisation, Record

LINE = ("line_item_id", "quantity", "name", "item_total", "product_type", "tax_id")

LISTING = Listing(
    kind="recurring_invoices",
    key="recurring_invoices",
    report_name="Recurring Invoices",
    status=lambda one: str(one["status"]),
    exact_filters=("customer_id",),
    text_filters=("customer_name", "recurrence_name", "notes"),
    number_filters=(),
    date_filters=("start_date", "end_date"),
    line_filters={"item_id": "item_id", "item_name": "name", "item_description": "description"},
    searched=("recurrence_name", "customer_name"),
    columns=("customer_name", "recurrence_name", "start_date", "created_time"),
)


@books.get("/recurringinvoices")
@needs("invoices.READ")
def list_recurring_invoices(call: Call) -> Response:
    return success(
        **page_of(call.organisation, LISTING, request.args, lambda one: _row(call.organisation, one))
    )


@books.get("/recurringinvoices/<recurring_invoice_id>")
@needs("invoices.READ")
def get_recurring_invoice(call: Call, recurring_invoice_id: str) -> Response:
    profile = call.organisation.recurring_invoices.get(recurring_invoice_id)
    if profile is None:
        raise not_found()
    return success(recurring_invoice=recurring_invoice_detail(call.organisation, profile))


def recurring_invoice_detail(organisation: Organisation, profile: Record) -> Record:
    """The detail of one profile; Zoho's specification gives its lines no rate and the profile no total."""
    return {
        **_row(organisation, profile),
        "company_name": profile["company_name"],
        "reference_number": profile["reference_number"],
        "line_items": [{name: line[name] for name in LINE} for line in line_items(organisation, profile)],
    }


def _row(organisation: Organisation, profile: Record) -> Record:
    return {
        "recurring_invoice_id": profile["recurring_invoice_id"],
        "recurrence_name": profile["recurrence_name"],
        "status": profile["status"],
        "customer_id": profile["customer_id"],
        "customer_name": profile["customer_name"],
        **dated(organisation, profile, "start_date"),
        **dated(organisation, profile, "end_date"),
        **dated(organisation, profile, "last_sent_date"),
        **dated(organisation, profile, "next_invoice_date"),
        **currency_fields(organisation, profile),
        "billing_address": address(profile["billing_address"]),
        "shipping_address": address(profile["shipping_address"]),
    }
