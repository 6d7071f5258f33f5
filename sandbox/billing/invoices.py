"""`/invoices` of Billing: the invoices of Books, and the only link between them and subscriptions (zoho.md
4.10, 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Response, request

from sandbox.balances import balance_of, invoice_status
from sandbox.billing.blueprint import billing
from sandbox.billing.invoice_records import billing_invoice_detail, billing_invoice_row
from sandbox.billing.listing import BillingList, page_of
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.books.invoices import invoice_of
from sandbox.runtime import place
from sandbox.world import Organisation, Record

STATUSES = ("all", "sent", "draft", "overdue", "paid", "partiallypaid", "void", "unpaid")


@billing.get("/invoices")
@needs("invoices.READ")
def list_billing_invoices(call: Call) -> Response:
    """By subscription, customer or status. An unknown subscription has no invoices and is not an error."""
    org, today = call.organisation, call.world.today(call.organisation).isoformat()

    def in_status(one: Record, name: str) -> bool:
        status = invoice_status(one, today)
        if name == "unpaid":
            return status not in ("draft", "void", "paid") and balance_of(one) > 0
        return name in ("all", status.replace("_", ""))

    listed = BillingList(
        kind="billing_invoices",
        key="invoices",
        report_name="Invoices",
        filters={
            "customer_id": lambda one, value: bool(one["customer_id"] == value),
            "subscription_id": lambda one, value: (
                one["invoice_id"] in org.subscriptions.get(value, {}).get("invoice_ids", ())
            ),
        },
        groups={"Status": in_status},
        known={"Status": STATUSES},
    )
    return success(
        **page_of(
            org,
            listed,
            _candidates(org, request.args),
            request.args,
            lambda one: billing_invoice_row(org, one, today),
        )
    )


@billing.get("/invoices/<invoice_id>")
@needs("invoices.READ")
def get_billing_invoice(call: Call, invoice_id: str) -> Response:
    today = call.world.today(call.organisation).isoformat()
    return success(
        invoice=billing_invoice_detail(call.organisation, invoice_of(call, invoice_id), today, place().origin)
    )


def _candidates(organisation: Organisation, asked: Mapping[str, str]) -> Iterable[Record]:
    """The invoices to filter: a known subscription's if requested, otherwise all."""
    subscription = organisation.subscriptions.get(asked.get("subscription_id", ""))
    if subscription is None or "billing_invoices" in organisation.settings["ignores_customer_filter"]:
        return organisation.invoices.values()
    return [organisation.invoices[key] for key in subscription["invoice_ids"] if key in organisation.invoices]
