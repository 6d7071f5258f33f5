"""The invoices shared with Books, under Billing's names (zoho.md 4.10, 8)."""

from __future__ import annotations

from sandbox.amounts import exact, json_number
from sandbox.applied_payments import payments_on
from sandbox.balances import balance_of, invoice_status
from sandbox.billing.customer_records import billing_address, billing_stamps
from sandbox.books.contact_records import primary_person
from sandbox.books.invoice_records import page_address
from sandbox.books.payment_records import online_of
from sandbox.books.record_fields import comments_of
from sandbox.world import Organisation, Record


def billing_invoice_row(organisation: Organisation, invoice: Record, today: str) -> Record:
    """A list row: `number`, `invoice_date`, `updated_time`. It does not name its subscription (zoho.md 8)."""
    contact = organisation.contacts[invoice["customer_id"]]
    return {
        "invoice_id": invoice["invoice_id"],
        "number": invoice["invoice_number"],
        "status": invoice_status(invoice, today),
        "invoice_date": invoice["date"],
        "due_date": invoice["due_date"],
        "customer_id": invoice["customer_id"],
        "customer_name": invoice["customer_name"],
        "email": primary_person(contact)["email"],
        "balance": json_number(balance_of(invoice), organisation.precision(invoice["currency_code"])),
        "total": invoice["total"],
        "currency_code": invoice["currency_code"],
        "currency_symbol": organisation.currencies[invoice["currency_code"]]["currency_symbol"],
        "has_attachment": bool(invoice["documents"]),
        **billing_stamps(organisation, invoice),
    }


def billing_invoice_detail(organisation: Organisation, invoice: Record, today: str, origin: str) -> Record:
    """One invoice with the codes of billed plans and add-ons, payments, credits and comments."""
    row = billing_invoice_row(organisation, invoice, today)
    street = billing_address(invoice["shipping_address"])
    return {
        **{name: value for name, value in row.items() if name != "has_attachment"},
        "payment_expected_date": "",
        "ach_payment_initiated": invoice["ach_payment_initiated"],
        "transaction_type": "renewal",
        "invoice_items": [_item(organisation, invoice, line) for line in invoice["line_items"]],
        "coupons": [],
        "credits": [
            {
                "creditnote_id": credit["creditnote_id"],
                "creditnotes_number": credit["creditnotes_number"],
                "credited_date": credit["credited_date"],
                "credited_amount": str(credit["amount_applied"]),
            }
            for credit in invoice["credits"]
        ],
        "payment_made": invoice["payment_made"],
        "credits_applied": invoice["credits_applied"],
        "write_off_amount": invoice["write_off_amount"],
        "payments": billing_payments(organisation, invoice),
        "salesperson_id": "",
        "salesperson_name": "",
        "invoice_url": page_address(organisation, invoice, origin),
        "billing_address": {name: street[name] for name in ("city", "state", "zip", "country", "fax")}
        | {"zip": invoice["billing_address"].get("zip", "")},
        "shipping_address": {name: value for name, value in street.items() if name != "attention"},
        "comments": [
            {name: value for name, value in comment.items() if name not in ("invoice_id", "date_description")}
            for comment in comments_of(organisation, invoice["invoice_id"], "invoice_id")
        ],
        "custom_fields": [],
        "can_send_in_mail": False,
        "documents": [
            {name: document[name] for name in ("file_name", "file_type", "document_id")}
            for document in invoice["documents"]
        ],
    }


def billing_payments(organisation: Organisation, invoice: Record) -> list[Record]:
    """The payments of an invoice."""
    return [
        {
            "payment_id": payment["payment_id"],
            "payment_mode": payment["payment_mode"],
            "invoice_payment_id": part["invoice_payment_id"],
            "gateway_transaction_id": online_of(payment)["transaction_id"],
            "description": payment["description"],
            "date": payment["date"],
            "reference_number": payment["reference_number"],
            "amount": part["amount_applied"],
            "exchange_rate": 1,
        }
        for payment in payments_on(organisation, invoice["invoice_id"])
        for part in payment["invoices"]
        if part["invoice_id"] == invoice["invoice_id"]
    ]


def _item(organisation: Organisation, invoice: Record, line: Record) -> Record:
    """A line; its price is text (zoho.md 4.10)."""
    precision = organisation.precision(invoice["currency_code"])
    return {
        "item_id": line["item_id"],
        "product_id": "",
        "name": line["name"],
        "description": line["description"],
        "code": line.get("code", ""),
        "price": f"{exact(line['rate']):.{precision}f}",
        "quantity": line["quantity"],
        "discount_amount": line["discount_amount"],
        "item_total": line["item_total"],
        "tax_id": line["tax_id"],
        "tax_exemption_id": "",
        "tax_exemption_code": "",
    }
