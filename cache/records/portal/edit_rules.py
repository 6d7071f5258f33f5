"""Which of their details clients may change at once, which need the merchant's confirmation, and which are
locked. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cache.records.orders.details_edit import ADDRESS_PARTS, PERSON_FIELDS

BILLING_ADDRESS = "billing_address"
SHIPPING_ADDRESS = "shipping_address"
FIRST_CONTACT = "first_contact"

EDITABLE: Mapping[str, str] = {
    **PERSON_FIELDS,
    "company_name": "Company name",
    BILLING_ADDRESS: "Billing address",
    SHIPPING_ADDRESS: "Shipping address",
    FIRST_CONTACT: "Who is the first contact",
}
"""What the merchant decides about → its label. An address is one item."""

FIELD_TO_EDITABLE: Mapping[str, str] = {
    **{name: name for name in (*PERSON_FIELDS, "company_name", FIRST_CONTACT)},
    **{f"billing_{part}": BILLING_ADDRESS for part in ADDRESS_PARTS},
    **{f"shipping_{part}": SHIPPING_ADDRESS for part in ADDRESS_PARTS},
}
"""A field of a form → the item that decides about it."""


class EditRule(StrEnum):
    FREE = "free"
    ASK = "ask"
    LOCKED = "locked"


def rule_of(editable: str, *, asks: Iterable[str], locks: Iterable[str]) -> EditRule:
    """The rule of one of EDITABLE. asks, locks: the merchant's. In both means locked."""
    if editable in locks:
        return EditRule.LOCKED
    return EditRule.ASK if editable in asks else EditRule.FREE
