"""Invoices in Zoho's JSON (zoho.md 4.5)."""

from __future__ import annotations

import hashlib
from datetime import date

from sandbox.amounts import json_number
from sandbox.balances import balance_of, invoice_status
from sandbox.books.record_fields import (
    address,
    address_in_list,
    amount,
    currency_fields,
    dated,
    exchange_rate,
    gateways,
    in_base_currency,
    line_items,
    stamps,
)
from sandbox.world import Organisation, Record


def invoice_row(organisation: Organisation, invoice: Record, today: str, origin: str) -> Record:
    """A list row: `zipcode` in addresses, text where details have lists (zoho.md 9.2, 9.3)."""
    return {
        **_shared(organisation, invoice, today, origin),
        "billing_address": address_in_list(invoice["billing_address"]),
        "documents": "",
        "custom_fields_list": "",
        "unprocessed_payment_amount": 0,
    }


def invoice_detail(organisation: Organisation, invoice: Record, today: str, origin: str) -> Record:
    """The detail of one invoice."""
    slow, debit = invoice["ach_payment_initiated"], organisation.bank_debits.get(invoice["invoice_id"], {})
    shared = _shared(organisation, invoice, today, origin)
    return {
        **shared,
        "current_sub_status": invoice_status(invoice, today),
        "recurring_invoice_id": invoice["recurring_invoice_id"],
        "line_items": [
            {**line, "item_type": "sales_and_purchases", "tags": []}
            for line in line_items(organisation, invoice)
        ],
        "sub_total": invoice["sub_total"],
        "discount": 0,
        "discount_type": "item_level",
        "is_discount_before_tax": True,
        "is_inclusive_tax": False,
        "tax_total": invoice["tax_total"],
        "taxes": invoice["taxes"],
        "shipping_charge": invoice["shipping_charge"],
        "adjustment": invoice["adjustment"],
        "adjustment_description": invoice["adjustment_description"],
        "payment_made": invoice["payment_made"],
        "credits_applied": invoice["credits_applied"],
        "tax_amount_withheld": 0,
        "allow_partial_payments": invoice["allow_partial_payments"],
        "payment_options": gateways(organisation),
        "payment_terms": 30,
        "payment_terms_label": "Net 30",
        "estimate_id": invoice["estimate_id"],
        "in_process_payments": [{"amount": debit.get("amount", shared["balance"])}] if slow else [],
        "inprocess_transaction_present": slow,
        "is_autobill_enabled": False,
        "unused_retainer_payments": 0,
        "billing_address": address(invoice["billing_address"]),
        "shipping_address": address(invoice["shipping_address"]),
        "notes": invoice["notes"],
        "terms": invoice["terms"],
        "custom_fields": [],
        "documents": [
            {name: document[name] for name in ("document_id", "file_name", "file_type")}
            | {"source": "desktop"}
            for document in invoice["documents"]
        ],
        "contact_persons_associated": [],
        "payment_reminder_enabled": True,
        "can_send_in_mail": False,
        "attachment_name": invoice["documents"][-1]["file_name"] if invoice["documents"] else "",
        "template_id": "",
        "template_name": "Standard Template",
        "salesperson_id": "",
        "salesperson_name": "",
    }


def _shared(organisation: Organisation, invoice: Record, today: str, origin: str) -> Record:
    precision, status = organisation.precision(invoice["currency_code"]), invoice_status(invoice, today)
    with_balance = {**invoice, "balance": json_number(balance_of(invoice), precision)}
    said_fields = {
        "invoice_id": invoice["invoice_id"],
        "invoice_number": invoice["invoice_number"],
        "reference_number": invoice["reference_number"],
        "status": status,
        "customer_id": invoice["customer_id"],
        "customer_name": invoice["customer_name"],
        "company_name": invoice["company_name"],
        **dated(organisation, invoice, "date"),
        **dated(organisation, invoice, "due_date"),
        "due_days": _due_days(invoice, status, today),
        **currency_fields(organisation, invoice),
        **exchange_rate(organisation, invoice),
        **amount(organisation, invoice, "total"),
        **amount(organisation, with_balance, "balance"),
        "bcy_total": in_base_currency(organisation, invoice, invoice["total"]),
        "is_viewed_by_client": invoice["is_viewed_by_client"],
        "client_viewed_time": "",
        "is_emailed": invoice["status"] != "draft",
        "reminders_sent": 0,
        "last_reminder_sent_date": "",
        "payment_expected_date": "",
        "last_payment_date": invoice["last_payment_date"],
        "write_off_amount": invoice["write_off_amount"],
        "ach_payment_initiated": invoice["ach_payment_initiated"],
        "has_attachment": bool(invoice["documents"]),
        "transaction_type": "renewal",
        "template_type": "standard",
        "schedule_time": "",
        "location_id": "",
        "location_name": "",
        **stamps(organisation, invoice),
    }
    if invoice["status"] != "draft":  # absent on drafts (zoho.md 9.14)
        said_fields["invoice_url"] = page_address(organisation, invoice, origin)
    return said_fields


def page_address(organisation: Organisation, invoice: Record, origin: str) -> str:
    """The URL where anyone can see and pay the invoice: a bearer URL (zoho.md 7.1)."""
    return f"{origin}/portal/{organisation.details['portal_name']}/secure?CInvoiceID={page_key(invoice)}"


def page_key(invoice: Record) -> str:
    """The key of an invoice's page: its id and a suffix that cannot be guessed by eye."""
    tail = hashlib.sha256(
        f"{invoice['invoice_id']}/{invoice['customer_id']}/{invoice['created']}".encode()
    ).hexdigest()[:32]
    return f"2-{invoice['invoice_id']}-{tail}"


def _due_days(invoice: Record, status: str, today: str) -> str:
    """Display text, often ""."""
    if status not in ("sent", "viewed", "overdue", "partially_paid") or not invoice["due_date"]:
        return ""
    days = (date.fromisoformat(invoice["due_date"]) - date.fromisoformat(today)).days
    if days < 0:
        return f"Overdue by {-days} Days"
    return "Due Today" if days == 0 else f"Due in {days} Days"
