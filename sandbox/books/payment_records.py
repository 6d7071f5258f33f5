"""Customer payments in Zoho's JSON (zoho.md 4.6)."""

from __future__ import annotations

from sandbox.amounts import json_number
from sandbox.balances import balance_of, refunded, unused_amount
from sandbox.books.record_fields import amount, dated, in_base_currency
from sandbox.payment_booking import MODES
from sandbox.times import zoho_time
from sandbox.world import Organisation, Record


def payment_row(organisation: Organisation, payment: Record) -> Record:
    """A list row: invoices as comma-joined numbers, `last_modified_time`."""
    numbers = [
        organisation.invoices[invoice["invoice_id"]]["invoice_number"] for invoice in payment["invoices"]
    ]
    return {
        **_shared(organisation, payment),
        "invoice_numbers": ",".join(numbers),
        "applied_invoices": [],
        "bcy_amount": in_base_currency(organisation, payment, payment["amount"]),
        "bcy_refunded_amount": in_base_currency(
            organisation, payment, json_number(refunded(payment), _precision(organisation, payment))
        ),
        "gateway_transaction_id": online_of(payment)["transaction_id"],
        "custom_fields_list": "",
        "currency_id": organisation.currencies[payment["currency_code"]]["currency_id"],
        "payment_type": "Invoice Payment",
        "created_time": zoho_time(payment["created"], organisation.time_zone),
        "last_modified_time": zoho_time(payment["modified"], organisation.time_zone),
    }


def payment_detail(organisation: Organisation, payment: Record) -> Record:
    """The detail of one payment: invoices as a list, `updated_time` (zoho.md 2.6)."""
    precision, customer = (
        organisation.precision(payment["currency_code"]),
        organisation.contacts[payment["customer_id"]],
    )
    applied = []
    for part in payment["invoices"]:
        invoice = organisation.invoices[part["invoice_id"]]
        applied.append(
            {
                "invoice_id": part["invoice_id"],
                "invoice_number": invoice["invoice_number"],
                "invoice_payment_id": part["invoice_payment_id"],
                "amount_applied": part["amount_applied"],
                "total": invoice["total"],
                "balance": json_number(balance_of(invoice), precision),
                "date": invoice["date"],
                "due_date": invoice["due_date"],
                "allow_partial_payments": "",
            }
        )
    return {
        **_shared(organisation, payment),
        "status": "success",
        "amount_refunded": json_number(refunded(payment), precision),
        "bank_charges": 0,
        "email": next(
            (person["email"] for person in customer["persons"] if person["is_primary_contact"]), ""
        ),
        "invoices": applied,
        "online_transaction_id": online_of(payment)["transaction_id"],
        "payment_link_id": "",
        "card_type": "",
        "payment_refunds": [
            {
                "payment_refund_id": refund["refund_id"],
                "date": refund["date"],
                "refund_mode": refund["mode"],
                "reference_number": refund["reference"],
                "amount": refund["amount"],
            }
            for refund in payment.get("refunds", [])
        ],
        "custom_fields": [
            {"label": name, "value": value} for name, value in payment["custom_fields"].items()
        ],
        "updated_time": zoho_time(payment["modified"], organisation.time_zone),
    }


def online_of(payment: Record) -> Record:
    """A gateway's transaction fields; all "" for payments recorded by people (zoho.md 7.3)."""
    return {"transaction_id": "", "payment_gateway": "", "last_four_digits": "", **payment.get("online", {})}


def _precision(organisation: Organisation, payment: Record) -> int:
    return organisation.precision(payment["currency_code"])


def _shared(organisation: Organisation, payment: Record) -> Record:
    currency = organisation.currencies[payment["currency_code"]]
    return {
        "payment_id": payment["payment_id"],
        "payment_number": payment["payment_number"],
        "customer_id": payment["customer_id"],
        "customer_name": payment["customer_name"],
        **dated(organisation, payment, "date"),
        "payment_mode": payment["payment_mode"],
        "payment_mode_formatted": MODES.get(payment["payment_mode"], payment["payment_mode"]),
        **amount(organisation, payment, "amount"),
        "unused_amount": json_number(
            unused_amount(payment), organisation.precision(payment["currency_code"])
        ),
        "reference_number": payment["reference_number"],
        "description": payment["description"],
        "payment_status": "paid",
        "settlement_status": "",
        "payment_gateway": online_of(payment)["payment_gateway"],
        "last_four_digits": online_of(payment)["last_four_digits"],
        "location_id": "",
        "location_name": "",
        "currency_code": payment["currency_code"],
        "currency_symbol": currency["currency_symbol"],
        "price_precision": currency["price_precision"],
    }
