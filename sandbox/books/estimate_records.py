"""Estimates in Zoho's JSON (zoho.md 4.4)."""

from __future__ import annotations

from sandbox.books.record_fields import (
    address,
    amount,
    currency_fields,
    dated,
    exchange_rate,
    in_base_currency,
    line_items,
    stamps,
)
from sandbox.lifecycle import estimate_status
from sandbox.world import Organisation, Record


def estimate_row(organisation: Organisation, estimate: Record, today: str) -> Record:
    """A list row; custom fields are text here (zoho.md 9.3)."""
    return {
        **_shared(organisation, estimate, today),
        "custom_fields_list": "",
        "tags": [],
    }


def estimate_detail(organisation: Organisation, estimate: Record, today: str, origin: str) -> Record:
    """The detail of one estimate; `origin` is where its public page would be."""
    number, key = estimate["estimate_number"], estimate["estimate_id"]
    customer = organisation.contacts[estimate["customer_id"]]
    invoiced = estimate["status"] == "invoiced"
    return {
        **_shared(organisation, estimate, today),
        **exchange_rate(organisation, estimate),
        "line_items": line_items(organisation, estimate),
        "sub_total": estimate["sub_total"],
        "discount": 0,
        "discount_type": "item_level",
        "is_discount_before_tax": True,
        "is_inclusive_tax": False,
        "tax_total": estimate["tax_total"],
        "taxes": estimate["taxes"],
        "shipping_charge": estimate["shipping_charge"],
        "adjustment": estimate["adjustment"],
        "adjustment_description": estimate["adjustment_description"],
        "billing_address": address(estimate["billing_address"]),
        "shipping_address": address(estimate["shipping_address"]),
        "notes": estimate["notes"],
        "terms": estimate["terms"],
        "custom_fields": [],
        "template_id": "",
        "template_name": "Standard Template",
        "contact_persons_associated": [
            {
                "contact_person_id": person["contact_person_id"],
                "contact_person_name": f"{person['first_name']} {person['last_name']}".strip(),
                "first_name": person["first_name"],
                "last_name": person["last_name"],
                "contact_person_email": person["email"],
                "phone": person["phone"],
                "mobile": person["mobile"],
            }
            for person in customer["persons"]
            if person["is_primary_contact"]
        ],
        "estimate_url": f"{origin}/app/public/quote/{number}?CEstimateID={key}",
        "invoice_ids": list(estimate["invoice_ids"]),
        "subscription_ids": [],
        "retainerinvoices": [],
        "is_transaction_created": invoiced,
        "invoiced_amount": estimate["total"] if invoiced else 0,
        "uninvoiced_amount": 0 if invoiced else estimate["total"],
        "salesperson_id": "",
        "salesperson_name": "",
    }


def _shared(organisation: Organisation, estimate: Record, today: str) -> Record:
    return {
        "estimate_id": estimate["estimate_id"],
        "estimate_number": estimate["estimate_number"],
        "reference_number": estimate["reference_number"],
        "status": estimate_status(estimate, today),
        "current_sub_status": estimate_status(estimate, today),
        "customer_id": estimate["customer_id"],
        "customer_name": estimate["customer_name"],
        "company_name": estimate["company_name"],
        **dated(organisation, estimate, "date"),
        **dated(organisation, estimate, "expiry_date"),
        **dated(organisation, estimate, "accepted_date"),
        **dated(organisation, estimate, "declined_date"),
        **currency_fields(organisation, estimate),
        **amount(organisation, estimate, "total"),
        "bcy_total": in_base_currency(organisation, estimate, estimate["total"]),
        "is_viewed_by_client": estimate["is_viewed_by_client"],
        "client_viewed_time": "",
        "has_attachment": False,
        "is_emailed": estimate["status"] != "draft",
        "location_id": "",
        "location_name": "",
        **stamps(organisation, estimate),
    }
