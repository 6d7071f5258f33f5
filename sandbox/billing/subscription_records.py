"""Subscriptions and plans in Billing's JSON (zoho.md 4.8)."""

from __future__ import annotations

from decimal import Decimal

from sandbox.amounts import Number, exact, json_number
from sandbox.billing.customer_records import billing_address, billing_stamps
from sandbox.books.contact_records import primary_person
from sandbox.world import Organisation, Record

DATES = (
    "created_at",
    "activated_at",
    "current_term_starts_at",
    "current_term_ends_at",
    "last_billing_at",
    "next_billing_at",
    "expires_at",
)


def amount_of_term(organisation: Organisation, subscription: Record) -> Number:
    """The price of one term: the plan and its add-ons, in the subscription's currency."""
    lines = [subscription["plan"], *subscription["addons"]]
    return _total(organisation, subscription, lines)


def subscription_row(organisation: Organisation, subscription: Record) -> Record:
    """A list row: no plan code, no card; `interval` is text."""
    return {
        **_shared(organisation, subscription),
        **_whose(organisation, subscription),
        "plan_name": subscription["plan"]["name"],
    }


def subscription_detail(organisation: Organisation, subscription: Record) -> Record:
    """The detail of one subscription; the customer is inside `customer` only, the card may be {}."""
    contact, plan = organisation.contacts[subscription["customer_id"]], subscription["plan"]
    person = primary_person(contact)
    return {
        **_shared(organisation, subscription),
        "child_invoice_id": subscription["invoice_ids"][-1] if subscription["invoice_ids"] else "",
        "end_of_term": False,
        "product_id": subscription["product_id"],
        "product_name": subscription["product_name"],
        "plan": {
            "plan_code": plan["code"],
            "name": plan["name"],
            "quantity": plan["quantity"],
            "price": plan["price"],
            "discount": 0,
            "total": _total(organisation, subscription, [plan]),
            "setup_fee": 0,
            "plan_description": "",
            "tax_id": "",
            "trial_days": subscription["trial_days"],
        },
        "addons": [
            {
                "addon_code": addon["code"],
                "name": addon["name"],
                "addon_description": "",
                "quantity": addon["quantity"],
                "price": addon["price"],
                "discount": 0,
                "total": _total(organisation, subscription, [addon]),
                "tax_id": "",
            }
            for addon in subscription["addons"]
        ],
        "coupon": {},
        "card": _card(organisation.cards.get(subscription["card_id"])),
        "payment_terms": 0 if subscription["auto_collect"] else contact["payment_terms"],
        "payment_terms_label": "Due on Receipt"
        if subscription["auto_collect"]
        else contact["payment_terms_label"],
        "can_add_bank_account": contact["currency_code"] == "USD",
        "customer": {
            "customer_id": contact["contact_id"],
            "display_name": contact["contact_name"],
            **{name: person[name] for name in ("first_name", "last_name", "email")},
            "company_name": contact["company_name"],
            "billing_address": billing_address(contact["billing_address"]),
            "shipping_address": billing_address(contact["shipping_address"]),
            "payment_terms": contact["payment_terms"],
            "payment_terms_label": contact["payment_terms_label"],
        },
        "custom_fields": [],
        "taxes": [],
        "contactpersons": [{"contactperson_id": person["contact_person_id"]}],
        "notes": [],
        "payment_gateways": [{"payment_gateway": name} for name in organisation.settings["payment_gateways"]],
    }


def plan_row(organisation: Organisation, plan: Record) -> Record:
    """A plan; it has no id, only a code."""
    return {
        "plan_code": plan["plan_code"],
        "name": plan["name"],
        "recurring_price": plan["recurring_price"],
        "unit": plan["unit"],
        "interval": plan["interval"],
        "interval_unit": plan["interval_unit"],
        "billing_cycles": plan["billing_cycles"],
        "trial_period": plan["trial_period"],
        "setup_fee": 0,
        "product_id": plan["product_id"],
        "product_type": "service",
        "tax_id": "",
        "description": plan["description"],
        "status": plan["status"],
        "addons": [{"addon_code": addon["code"], "name": addon["name"]} for addon in plan["addons"]],
        **billing_stamps(organisation, plan),
    }


def _shared(organisation: Organisation, subscription: Record) -> Record:
    currency = organisation.currencies[subscription["currency_code"]]
    return {
        "subscription_id": subscription["subscription_id"],
        "name": f"{subscription['product_name']}-{subscription['plan']['name']}",
        "status": subscription["status"],
        "amount": amount_of_term(organisation, subscription),
        **{name: subscription[name] for name in DATES},
        "interval": str(subscription["interval"]),
        "interval_unit": subscription["interval_unit"],
        "auto_collect": subscription["auto_collect"],
        "reference_id": subscription["reference_id"],
        "salesperson_id": "",
        "salesperson_name": "",
        "currency_code": subscription["currency_code"],
        "currency_symbol": currency["currency_symbol"],
        **billing_stamps(organisation, subscription),
    }


def _whose(organisation: Organisation, subscription: Record) -> Record:
    contact = organisation.contacts[subscription["customer_id"]]
    return {
        "customer_id": contact["contact_id"],
        "customer_name": contact["contact_name"],
        "email": primary_person(contact)["email"],
    }


def _total(organisation: Organisation, subscription: Record, lines: list[Record]) -> Number:
    whole = sum((exact(line["price"]) * exact(line["quantity"]) for line in lines), Decimal(0))
    return json_number(whole, organisation.precision(subscription["currency_code"]))


def _card(card: Record | None) -> Record:
    if card is None:
        return {}
    return {
        "card_id": card["card_id"],
        "last_four_digits": int(card["last_four_digits"]),
        "payment_gateway": card["payment_gateway"],
        "expiry_month": card["expiry_month"],
        "expiry_year": card["expiry_year"],
    }
