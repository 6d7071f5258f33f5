"""New lines and new documents, for the merchant's page, conversions and the seed."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.world import DataCentre, Organisation, Record


def new_line(
    centre: DataCentre,
    *,
    name: str,
    description: str,
    quantity: float,
    rate: float,
    unit: str = "",
    discount: float = 0,
    tax: Record | None = None,
) -> Record:
    """One line; `tax` is one of the organisation's taxes or None."""
    return {
        "line_item_id": centre.new_id(),
        "item_id": centre.new_id(),
        "name": name,
        "description": description,
        "quantity": quantity,
        "rate": rate,
        "unit": unit,
        "discount": discount,
        "tax_id": tax["tax_id"] if tax else "",
        "tax_name": tax["tax_name"] if tax else "",
        "tax_percentage": tax["tax_percentage"] if tax else 0,
    }


def copied_lines(centre: DataCentre, lines: Iterable[Record]) -> list[Record]:
    """The same lines with new ids, for another document."""
    return [{**line, "line_item_id": centre.new_id()} for line in lines]


def common_fields(
    organisation: Organisation,
    customer_id: str,
    *,
    lines: list[Record],
    reference: str,
    notes: str,
    terms: str,
    at: int,
) -> Record:
    """Fields common to all documents; the addresses are copies of the customer's (zoho.md 4.2)."""
    customer = organisation.contacts[customer_id]
    return {
        "customer_id": customer_id,
        "customer_name": customer["contact_name"],
        "company_name": customer["company_name"],
        "currency_code": customer["currency_code"],
        "reference_number": reference,
        "line_items": lines,
        "notes": notes,
        "terms": terms,
        "shipping_charge": 0,
        "adjustment": 0,
        "adjustment_description": "",
        "is_viewed_by_client": False,
        "billing_address": dict(customer["billing_address"]),
        "shipping_address": dict(customer["shipping_address"]),
        "created": at,
        "modified": at,
    }
