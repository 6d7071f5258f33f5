"""What a client may change about themselves and their company, and an edit as an order carries it: before and after. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

PERSON_FIELDS: Mapping[str, str] = {
    "salutation": "Salutation",
    "first_name": "First name",
    "last_name": "Last name",
    "phone": "Phone",
    "mobile": "Mobile",
    "designation": "Position",
    "department": "Department",
}
"""Zoho's name of a field → what people call it. Not the e-mail: Zoho sends invoices there, and it is what invitations went to."""


ADDRESS_PARTS: Mapping[str, str] = {
    "attention": "attention",
    "street": "street",
    "street2": "street, second line",
    "city": "city",
    "state": "state",
    "zip": "postcode",
    "country": "country",
    "phone": "phone",
}
"""A part of an address → what people call it."""

ADDRESSES: Mapping[str, str] = {"billing": "Billing", "shipping": "Shipping"}
"""Which address, as the first word of a field's name and of its label."""

COMPANY_FIELDS: Mapping[str, str] = {
    "company_name": "Company name",
    **{f"{which}_{part}": f"{title}: {words}" for which, title in ADDRESSES.items() for part, words in ADDRESS_PARTS.items()},
}
"""The company's fields. Not its name in the merchant's books, by which the merchant finds it."""


class Edited(NamedTuple):
    """One field: as the client saw it, and as they want it."""

    name: str
    seen: str
    wanted: str

    @property
    def label(self) -> str:
        return PERSON_FIELDS.get(self.name) or COMPANY_FIELDS[self.name]


def edits_between(seen: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[Edited, ...]:
    """The fields that are to change. Both mappings hold the same fields."""
    return tuple(Edited(name, seen[name], wanted[name]) for name in seen if seen[name] != wanted[name])


def as_shown(edits: tuple[Edited, ...]) -> dict[str, Any]:
    """For the `shown` of an order."""
    return {"edits": [list(one) for one in edits]}


def edits_of(shown: Mapping[str, Any]) -> tuple[Edited, ...]:
    """From the `shown` of an order; empty for orders of other kinds."""
    return tuple(Edited(*one) for one in shown.get("edits", ()))
