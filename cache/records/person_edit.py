"""What a client may change about themselves, and an edit as an order carries it: before and after, field by field. Pure."""

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


class Edited(NamedTuple):
    """One field: as the client saw it, and as they want it."""

    name: str
    seen: str
    wanted: str

    @property
    def label(self) -> str:
        return PERSON_FIELDS[self.name]


def edits_between(seen: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[Edited, ...]:
    """The fields that are to change. Both mappings hold every field of PERSON_FIELDS."""
    return tuple(Edited(name, seen[name], wanted[name]) for name in PERSON_FIELDS if seen[name] != wanted[name])


def as_shown(edits: tuple[Edited, ...]) -> dict[str, Any]:
    """For the `shown` of an order."""
    return {"edits": [list(one) for one in edits]}


def edits_of(shown: Mapping[str, Any]) -> tuple[Edited, ...]:
    """From the `shown` of an order; empty for orders of other kinds."""
    return tuple(Edited(*one) for one in shown.get("edits", ()))
