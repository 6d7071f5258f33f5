"""The merchant's custom field of payments that accepts no duplicates (zoho.md 3.3)."""

from __future__ import annotations

from typing import Any

from sandbox.generated.listed_records import written_of
from sandbox.refusals import Refused, invalid_value
from sandbox.wording import say
from sandbox.world import Organisation, Record

DUPLICATE = 24021


def payment_with(organisation: Organisation, name: str, value: str) -> Record | None:
    """The payment whose custom field has that value."""
    return next(
        (
            record
            for record in written_of(organisation.payments)
            if record["custom_fields"].get(name) == value
        ),
        None,
    )


def read_custom_fields(organisation: Organisation, sent: Any) -> dict[str, str]:
    """`custom_fields` of a new payment, by api_name or label. Raises Refused for a duplicate in a unique
    field.
    """
    if sent is None:
        return {}
    if not isinstance(sent, list) or not all(isinstance(item, dict) for item in sent):
        raise invalid_value("custom_fields")
    fields = {
        str(item.get("api_name") or item.get("label") or ""): str(item.get("value", "")) for item in sent
    }
    unique = organisation.settings["unique_payment_field"]
    if unique and fields.get(unique) and payment_with(organisation, unique, fields[unique]):
        raise Refused(DUPLICATE, say(organisation.language, "not_unique"))
    return fields
