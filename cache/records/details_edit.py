"""What a client may change about themselves and their company, and an edit as an order carries it: before and
after. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from config.phrases import Phrase, marked

PERSON_FIELDS: Mapping[str, str] = {
    "salutation": marked("Salutation"),
    "first_name": marked("First name"),
    "last_name": marked("Last name"),
    "phone": marked("Phone"),
    "mobile": marked("Mobile"),
    "designation": marked("Position"),
    "department": marked("Department"),
}
"""Zoho's name of a field → what people call it. Not the e-mail: Zoho sends invoices there, and it is what
invitations went to.
"""


ADDRESS_PARTS: Mapping[str, str] = {
    "attention": marked("Attention"),
    "street": marked("Street"),
    "street2": marked("Street, second line"),
    "city": marked("City"),
    "state": marked("State"),
    "zip": marked("Postcode"),
    "country": marked("Country"),
    "phone": marked("Phone"),
}
"""A part of an address → what people call it."""

ADDRESSES: Mapping[str, str] = {"billing": marked("Billing address"), "shipping": marked("Shipping address")}
"""Which address, as the first word of a field's name → what people call it."""

_ADDRESS_LABELS = {"billing": marked("Billing: %(part)s"), "shipping": marked("Shipping: %(part)s")}

COMPANY_FIELDS: Mapping[str, str] = {
    "company_name": marked("Company name"),
    **{
        f"{which}_{part}": Phrase(label, part=Phrase(words))
        for which, label in _ADDRESS_LABELS.items()
        for part, words in ADDRESS_PARTS.items()
    },
}
"""The company's fields. Not its name in the merchant's books, by which the merchant finds it."""


class Edited(NamedTuple):
    """One field: as the client saw it, and as they want it."""

    name: str
    seen: str
    wanted: str

    @property
    def label(self) -> Phrase:
        words = PERSON_FIELDS.get(self.name) or COMPANY_FIELDS[self.name]
        return words if isinstance(words, Phrase) else Phrase(words)


def edits_between(seen: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[Edited, ...]:
    """The fields that are to change. Both mappings hold the same fields."""
    return tuple(Edited(name, seen[name], wanted[name]) for name in seen if seen[name] != wanted[name])


def as_shown(edits: tuple[Edited, ...]) -> dict[str, Any]:
    """For the `shown` of an order."""
    return {"edits": [list(one) for one in edits]}


def edits_of(shown: Mapping[str, Any]) -> tuple[Edited, ...]:
    """From the `shown` of an order; empty for orders of other kinds."""
    return tuple(Edited(*one) for one in shown.get("edits", ()))
