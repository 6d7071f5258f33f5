"""Edits of a client's own details, limited to allowed fields: Zoho's request bodies also hold the merchant's
fields (zoho.md 4.2, 4.3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.books import operations
from connectors.zoho.documents.address import Address

PERSON_FIELDS: Mapping[str, int] = MappingProxyType(
    {
        "salutation": 25,
        "first_name": 100,
        "last_name": 100,
        "email": 100,
        "phone": 50,
        "mobile": 50,
        "skype": 50,
        "designation": 50,
        "department": 50,
    }
)
"""What a client may change about a person, with Zoho's longest text. Not: the primary flag, access to Zoho's
portal.
"""

ADDRESS_FIELDS: Mapping[str, int] = MappingProxyType(
    {
        "attention": 100,
        "address": 500,
        "street2": 255,
        "city": 100,
        "state": 100,
        "state_code": 100,
        "zip": 50,
        "country": 100,
        "phone": 50,
        "fax": 50,
    }
)
MAX_NAME_LENGTH = 200


class NotAllowed(ValueError):
    """A field clients may not change, or a text too long for Zoho."""


class ContactEdits:
    """All methods raise ZohoError and return when Zoho has answered; the caller reads back the result."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def edit_person(
        self, contact_id: str, person_id: str, changes: Mapping[str, str], *, first_name: str
    ) -> dt.datetime:
        """changes: fields of PERSON_FIELDS; omitted ones stay, "" clears. Raises NotAllowed before sending
        anything.

        first_name: the current one; Zoho requires it in every edit (zoho.md 4.3).
        """
        operations.GET_CONTACT.at(contact_id)
        body = {"contact_id": contact_id, "first_name": first_name, **_checked_fields(changes, PERSON_FIELDS)}
        return self._api.put(operations.EDIT_CONTACT_PERSON.at(person_id), body).as_of

    def edit_company(
        self,
        contact_id: str,
        *,
        contact_name: str,
        company_name: str | None = None,
        billing_address: Address | None = None,
        shipping_address: Address | None = None,
    ) -> dt.datetime:
        """contact_name: the current one, sent unchanged. Addresses are sent whole: the effect of omitting
        parts is unknown.

        Never sends contact_persons: that list replaces all persons (zoho.md 9.5). Raises NotAllowed.
        """
        body: dict[str, Any] = {"contact_name": contact_name}
        if company_name is not None:
            body |= _checked_fields({"company_name": company_name}, {"company_name": MAX_NAME_LENGTH})
        for name, address in (("billing_address", billing_address), ("shipping_address", shipping_address)):
            if address is not None:
                body[name] = _address_body(address)
        return self._api.put(operations.EDIT_CONTACT.at(contact_id), body).as_of

    def mark_primary(self, person_id: str) -> dt.datetime:
        """Make this person the customer's primary contact. Harmless if they already are."""
        return self._api.post(operations.MARK_PRIMARY_PERSON.at(person_id)).as_of


def _checked_fields(changes: Mapping[str, str], fields: Mapping[str, int]) -> dict[str, str]:
    for name, text in changes.items():
        if name not in fields:
            raise NotAllowed(f"{name} is not for clients to change")
        if len(text) > fields[name]:
            raise NotAllowed(f"{name} may have at most {fields[name]} characters")
    return dict(changes)


def _address_body(address: Address) -> dict[str, str]:
    parts = {
        "attention": address.attention,
        "address": address.street,
        "street2": address.street2,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
        "country": address.country,
        "phone": address.phone,
        "fax": address.fax,
    }
    if address.state_code:
        parts["state_code"] = address.state_code
    return _checked_fields(parts, ADDRESS_FIELDS)
