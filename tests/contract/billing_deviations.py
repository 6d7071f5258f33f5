"""The part of the table of deviations that is about Zoho Billing."""

from __future__ import annotations

from tests.contract.deviation import Deviation, in_answers, in_requests

SUBSCRIPTIONS, PLANS, EVENTS = (
    ("billing GET /subscriptions",),
    ("billing GET /plans",),
    ("billing GET /events",),
)
INVOICES, INVOICE = ("billing GET /invoices",), ("billing GET /invoices/{invoice_id}",)
LISTS = (*SUBSCRIPTIONS, *PLANS, *INVOICES, *EVENTS)
PAGE = ("billing GET /hostedpages/{hostedpage_id}",)

BILLING_DEVIATIONS: tuple[Deviation, ...] = (
    in_requests(
        ("GET /billing/v1/organizations",),
        "path",
        "zoho.md 8: the way to Billing's organisation is documented outside the files",
        "unknown",
    ),
    in_requests(LISTS, "?page ?per_page", "zoho.md 2.5: page from 1 and per_page"),
    in_requests(
        SUBSCRIPTIONS, "?customer_id", "zoho.md 4.8: customer_id is documented in the description only"
    ),
    in_requests(
        INVOICES, "?subscription_id", "zoho.md 4.10: subscription_id is documented in the description"
    ),
    in_requests(
        ("billing POST /hostedpages/updatepaymentmethod",),
        "card_id account_id paypal_id",
        "zoho.md 4.11: the file marks all three required; exactly one is meant",
        "missing",
    ),
    *(
        in_answers(operations, places, "zoho.md 2.4: figures are JSON numbers, whole or not", "is number")
        for operations, places in (
            (INVOICE, "invoice.invoice_items[].item_total invoice.invoice_items[].quantity"),
            (PAGE, "data.invoice.invoice_items[].item_total data.invoice.invoice_items[].quantity"),
        )
    ),
    in_answers(LISTS, "page_context", "zoho.md 2.5: every list tells its page_context"),
)
