"""Hosted pages in Billing's JSON (zoho.md 4.11)."""

from __future__ import annotations

from sandbox.amounts import exact, json_number
from sandbox.billing.dunning import subscription_of_invoice
from sandbox.billing.hosted_page_lifetime import PAY_INVOICE, UPDATE_CARD, UPDATE_METHOD
from sandbox.billing.invoice_records import billing_invoice_detail
from sandbox.billing.subscription_records import subscription_detail
from sandbox.times import zoho_time
from sandbox.world import Organisation, Record

ACTION_LABELS = {
    PAY_INVOICE: "Invoice payment",
    UPDATE_CARD: "Update Card",
    UPDATE_METHOD: "Update payment method",
}
"""As in the responses to POST in Zoho's specification; the reads have codes."""
NOT_OF_SUBSCRIPTIONS = ("activated_at", "last_billing_at", "auto_collect")
NOT_OF_INVOICES = ("coupons", "can_send_in_mail", "documents")


def page_url(page: Record, origin: str) -> str:
    """The page's URL, a bearer URL."""
    return f"{origin}/hostedpage/2-{page['hostedpage_id']}"


def made_page(organisation: Organisation, page: Record, origin: str) -> Record:
    """A page as the response to POST has it."""
    return {
        "hostedpage_id": page["hostedpage_id"],
        "status": page["status"],
        "url": page_url(page, origin),
        "action": ACTION_LABELS[page["action"]],
        "expiring_time": zoho_time(page["expires"], organisation.time_zone),
        "created_time": zoho_time(page["created"], organisation.time_zone),
    }


def read_page(organisation: Organisation, page: Record, today: str, origin: str) -> Record:
    """A page as a read returns it: `data` is empty until success, then holds the subscription or
    the invoice.
    """
    return {
        **made_page(organisation, page, origin),
        "action": page["action"],
        "data": _data(organisation, page, today, origin),
    }


def _data(organisation: Organisation, page: Record, today: str, origin: str) -> Record:
    if page["status"] != "success":
        return {}
    invoice = organisation.invoices.get(page["invoice_id"])
    subscription = organisation.subscriptions.get(page["subscription_id"])
    if invoice is not None:
        subscription = subscription_of_invoice(organisation, page["invoice_id"])
    data = {} if invoice is None else {"invoice": _invoice(organisation, invoice, today, origin)}
    return data | (
        {} if subscription is None else {"subscription": _subscription(organisation, subscription)}
    )


def _invoice(organisation: Organisation, invoice: Record, today: str, origin: str) -> Record:
    """The detail under slightly different names: `coupon`, and prices as numbers."""
    detail, precision = (
        billing_invoice_detail(organisation, invoice, today, origin),
        organisation.precision(invoice["currency_code"]),
    )
    items = [
        {name: value for name, value in item.items() if name != "product_id"}
        | {"price": json_number(exact(item["price"]), precision)}
        for item in detail["invoice_items"]
    ]
    return {name: value for name, value in detail.items() if name not in NOT_OF_INVOICES} | {
        "coupon": [],
        "invoice_items": items,
    }


def _subscription(organisation: Organisation, subscription: Record) -> Record:
    """The detail without the fields that Zoho's specification omits here."""
    detail = subscription_detail(organisation, subscription)
    plan = {
        name: value
        for name, value in detail["plan"].items()
        if name not in ("plan_description", "trial_days")
    }
    addons = [
        {name: value for name, value in addon.items() if name != "addon_description"}
        for addon in detail["addons"]
    ]
    address = {
        name: value for name, value in detail["customer"]["billing_address"].items() if name != "attention"
    }
    customer = detail["customer"] | {"billing_address": address}
    kept = {name: value for name, value in detail.items() if name not in NOT_OF_SUBSCRIPTIONS}
    return kept | {"plan": plan, "addons": addons, "customer": customer}
