"""Customers, cards and bank accounts in Billing's JSON (zoho.md 4.9)."""

from __future__ import annotations

from decimal import Decimal

from sandbox.amounts import json_number
from sandbox.balances import outstanding_by_customer, unused_credits_by_customer
from sandbox.books.contact_records import primary_person
from sandbox.times import zoho_time
from sandbox.world import Organisation, Record


def customer_detail(organisation: Organisation, contact: Record) -> Record:
    """The Books contact under Billing's names: display_name, and `street` for `address`."""
    person, precision = primary_person(contact), organisation.precision(contact["currency_code"])
    own_id = contact["contact_id"]
    return {
        "customer_id": own_id,
        "display_name": contact["contact_name"],
        **{
            name: person[name]
            for name in ("salutation", "first_name", "last_name", "email", "phone", "mobile")
        },
        "designation": person["designation"],
        "department": person["department"],
        "company_name": contact["company_name"],
        "website": contact["website"],
        "is_portal_enabled": False,
        "billing_address": billing_address(contact["billing_address"], with_state_code=True),
        "shipping_address": billing_address(contact["shipping_address"], with_state_code=True),
        "currency_code": contact["currency_code"],
        "currency_id": organisation.currencies[contact["currency_code"]]["currency_id"],
        "price_precision": precision,
        "ach_supported": contact["currency_code"] == "USD",
        "unused_credits": json_number(
            unused_credits_by_customer(organisation, own_id).get(own_id, Decimal(0)), precision
        ),
        "outstanding": json_number(
            outstanding_by_customer(organisation, own_id).get(own_id, Decimal(0)), precision
        ),
        "notes": contact["notes"],
        "status": contact["status"],
        "custom_fields": [],
        "tags": [],
        "zcrm_account_id": "",
        "zcrm_contact_id": "",
        "is_linked_with_zohocrm": False,
        "source": "user",
        "payment_terms_label": contact["payment_terms_label"],
        "primary_contactperson_id": person["contact_person_id"],
        "can_add_card": True,
        "can_add_bank_account": contact["currency_code"] == "USD",
        "documents": [],
        **billing_stamps(organisation, contact),
    }


def billing_address(given: Record, *, with_state_code: bool = False) -> Record:
    """An address with `street` where Books has `address`."""
    address = {
        "attention": given.get("attention", ""),
        "street": given.get("address", ""),
        "city": given.get("city", ""),
        "state": given.get("state", ""),
        "zip": given.get("zip", ""),
        "country": given.get("country", ""),
        "fax": given.get("fax", ""),
    }
    return address | ({"state_code": given.get("state_code", "")} if with_state_code else {})


def card_row(organisation: Organisation, card: Record) -> Record:
    """A card as a list row: no brand, never a full number, and the last four digits as a number without
    leading zeros.
    """
    return {
        "card_id": card["card_id"],
        "customer_id": card["customer_id"],
        "status": card["status"],
        "last_four_digits": int(card["last_four_digits"]),
        "expiry_month": card["expiry_month"],
        "expiry_year": card["expiry_year"],
        "payment_gateway": card["payment_gateway"],
        **billing_stamps(organisation, card),
    }


def card_detail(organisation: Organisation, card: Record) -> Record:
    """The row without its status, with the holder's name and address."""
    row = card_row(organisation, card)
    address = billing_address(organisation.contacts[card["customer_id"]]["billing_address"])
    return {
        **{name: value for name, value in row.items() if name != "status"},
        "first_name": card["first_name"],
        "last_name": card["last_name"],
        **{name: address[name] for name in ("street", "city", "state", "zip", "country")},
    }


def bank_account_detail(organisation: Organisation, account: Record) -> Record:
    """A bank account, masked."""
    stamps = billing_stamps(organisation, account)
    return {
        "account_id": account["account_id"],
        "customer_id": account["customer_id"],
        "customer_name": organisation.contacts[account["customer_id"]]["contact_name"],
        "gateway": account["payment_gateway"],
        "last_four_digits": int(account["last_four_digits"]),
        "status": account["status"],
        "created_time": stamps["created_time"],
        "last_modified_time": stamps["updated_time"],
        "created_by_id": "",
        "created_by_name": "",
    }


def billing_stamps(organisation: Organisation, record: Record) -> Record:
    """created_time and updated_time, Billing's name for last_modified_time (zoho.md 4.10)."""
    return {
        "created_time": zoho_time(record["created"], organisation.time_zone),
        "updated_time": zoho_time(record["modified"], organisation.time_zone),
    }
