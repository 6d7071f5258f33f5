"""What a client may change about themselves and their company, and an edit as an order's payload: before and
after. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from cache.records.orders.payload import Payload
from config.stored_messages import N_, StoredMessage

PERSON_FIELDS: Mapping[str, str] = {
    "salutation": N_("Salutation"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "phone": N_("Phone"),
    "mobile": N_("Mobile"),
    "designation": N_("Position"),
    "department": N_("Department"),
}
"""Zoho's name of a field → its label. Not the email: Zoho sends invoices to it, and invitations went there.
"""


ADDRESS_PARTS: Mapping[str, str] = {
    "attention": N_("Attention"),
    "street": N_("Street"),
    "street2": N_("Street, second line"),
    "city": N_("City"),
    "state": N_("State"),
    "zip": N_("Postcode"),
    "country": N_("Country"),
    "phone": N_("Phone"),
}
"""A part of an address → its label."""

ADDRESSES: Mapping[str, str] = {"billing": N_("Billing address"), "shipping": N_("Shipping address")}
"""Which address, as the prefix of a field's name → its label."""

_ADDRESS_LABELS = {"billing": N_("Billing: %(part)s"), "shipping": N_("Shipping: %(part)s")}

COMPANY_FIELDS: Mapping[str, str] = {
    "company_name": N_("Company name"),
    **{
        f"{which}_{part}": StoredMessage(label, part=StoredMessage(words))
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
    def label(self) -> StoredMessage:
        words = PERSON_FIELDS.get(self.name) or COMPANY_FIELDS[self.name]
        return words if isinstance(words, StoredMessage) else StoredMessage(words)


def edits_between(seen: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[Edited, ...]:
    """The fields to change. Both mappings have the same keys."""
    return tuple(Edited(name, seen[name], wanted[name]) for name in seen if seen[name] != wanted[name])


@dataclass(frozen=True)
class DetailsEdit(Payload):
    """The fields that are to change, and nothing of the others."""

    edits: tuple[Edited, ...]

    def to_stored(self) -> dict[str, Any]:
        return {"edits": [list(edit) for edit in self.edits]}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(tuple(Edited(*edit) for edit in stored.get("edits", ())))


def edits_of(payload: Payload) -> tuple[Edited, ...]:
    """Empty for orders of other kinds, and where the person was erased."""
    return payload.edits if isinstance(payload, DetailsEdit) else ()
