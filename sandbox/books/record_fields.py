"""Fields that many Zoho records share: money, times, addresses, lines, and the *_formatted copies (zoho.md
2.4, 9.2).
"""

from __future__ import annotations

from typing import Any

from sandbox.amounts import Number, exact, formatted, json_number
from sandbox.times import date_formatted, zoho_time
from sandbox.world import Organisation, Record

ADDRESS = ("attention", "address", "street2", "city", "state", "zip", "country", "fax", "phone")


def currency_fields(organisation: Organisation, record: Record) -> Record:
    """currency_id, currency_code, currency_symbol and price_precision (zoho.md 2.4)."""
    currency = organisation.currencies[record["currency_code"]]
    return {
        "currency_id": currency["currency_id"],
        "currency_code": record["currency_code"],
        "currency_symbol": currency["currency_symbol"],
        "price_precision": currency["price_precision"],
    }


def amount(organisation: Organisation, record: Record, name: str) -> Record:
    """An amount of a record with its display copy: {"total": 12.5, "total_formatted": "$12.50"}."""
    currency = organisation.currencies[record["currency_code"]]
    return {
        name: record[name],
        f"{name}_formatted": formatted(
            record[name], currency["price_precision"], currency["currency_symbol"]
        ),
    }


def in_base_currency(organisation: Organisation, record: Record, value: Number) -> Number:
    """An amount of a record in the base currency (`bcy_*`)."""
    rate = exact(organisation.currencies[record["currency_code"]]["exchange_rate"])
    return json_number(exact(value) * rate, organisation.precision(organisation.details["currency_code"]))


def dated(organisation: Organisation, record: Record, name: str) -> Record:
    """A date of a record with its display copy; "" stays "" in both."""
    return {
        name: record[name],
        f"{name}_formatted": date_formatted(record[name], organisation.details["date_format"]),
    }


def stamps(organisation: Organisation, record: Record) -> Record:
    """created_time and last_modified_time."""
    return {
        "created_time": zoho_time(record["created"], organisation.time_zone),
        "last_modified_time": zoho_time(record["modified"], organisation.time_zone),
    }


def address(given: Record) -> Record:
    """An address in details: `zip`, absent parts as ""."""
    return {name: given.get(name, "") for name in ADDRESS}


def address_in_list(given: Record) -> Record:
    """An address in list rows: `zipcode` (zoho.md 9.2)."""
    return {("zipcode" if name == "zip" else name): given.get(name, "") for name in ADDRESS}


def exchange_rate(organisation: Organisation, record: Record) -> Record:
    """The exchange rate of the record's currency to the base currency, for records that have it."""
    return {"exchange_rate": organisation.currencies[record["currency_code"]]["exchange_rate"]}


def line_items(organisation: Organisation, document: Record) -> list[Record]:
    """The lines of a document."""
    return [
        {
            "line_item_id": line["line_item_id"],
            "item_id": line["item_id"],
            "product_type": "service",
            "name": line["name"],
            "description": line["description"],
            "item_order": order,
            "bcy_rate": in_base_currency(organisation, document, line["rate"]),
            "rate": line["rate"],
            "quantity": line["quantity"],
            "unit": line["unit"],
            "discount": line["discount"],
            "discount_amount": line["discount_amount"],
            "tax_id": line["tax_id"],
            "tax_name": line["tax_name"],
            "tax_type": "tax",
            "tax_percentage": line["tax_percentage"],
            "item_total": line["item_total"],
        }
        for order, line in enumerate(document["line_items"], start=1)
    ]


def comments_of(organisation: Organisation, document_id: str, id_field: str) -> list[Record]:
    """History and comments of a document, newest first; `comment_type` distinguishes them (zoho.md 4.4)."""
    found: list[Record] = []
    for comment in reversed(organisation.comments.get(document_id, [])):
        moment = zoho_time(comment["at"], organisation.time_zone)
        found.append(
            {
                "comment_id": comment["comment_id"],
                id_field: document_id,
                "description": comment["description"],
                "commented_by_id": comment["commented_by_id"],
                "commented_by": comment["commented_by"],
                "comment_type": comment["comment_type"],
                "operation_type": comment["operation_type"],
                "date": moment[:10],
                "date_description": "",
                "time": moment[11:16],
                "transaction_id": document_id,
                "transaction_type": comment["transaction_type"],
            }
        )
    return found


def gateways(organisation: Organisation) -> dict[str, Any]:
    """payment_options of an invoice: the merchant's online gateways."""
    return {
        "payment_gateways": [
            {"configured": True, "gateway_name": name, "additional_field1": ""}
            for name in organisation.settings["payment_gateways"]
        ]
    }
