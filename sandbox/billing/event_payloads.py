"""The payloads of Billing's events: rows of the records they are about (zoho.md 4.12, 6.5)."""

from __future__ import annotations

from sandbox.billing.invoice_records import billing_invoice_row
from sandbox.billing.subscription_records import subscription_row
from sandbox.world import Organisation, Record


def about_subscription(organisation: Organisation, subscription: Record) -> Record:
    """{"subscription": …}"""
    return {"subscription": subscription_row(organisation, subscription)}


def about_invoice(organisation: Organisation, invoice: Record, today: str) -> Record:
    """{"invoice": …}"""
    return {"invoice": billing_invoice_row(organisation, invoice, today)}


def about_payment(organisation: Organisation, invoice: Record, payment: Record, today: str) -> Record:
    """{"payment": …, "invoice": …}"""
    payment_body = {
        name: payment[name]
        for name in ("payment_id", "payment_number", "customer_id", "amount", "payment_mode", "date")
    }
    return {"payment": payment_body, **about_invoice(organisation, invoice, today)}


def about_card(card: Record) -> Record:
    """{"card": …}"""
    return {"card": {name: card[name] for name in ("card_id", "customer_id", "expiry_month", "expiry_year")}}
