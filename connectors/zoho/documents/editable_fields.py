"""The details that a client may edit, under the names used in an edit. Pure."""

from __future__ import annotations

from cache.records.orders.details_edit import ADDRESS_PARTS, ADDRESSES, PERSON_FIELDS
from connectors.zoho.documents.address import Address
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson


def person_fields(person: ContactPerson) -> dict[str, str]:
    """This person's PERSON_FIELDS, stripped."""
    return {name: str(getattr(person, name)).strip() for name in PERSON_FIELDS}


def company_fields(contact: Contact) -> dict[str, str]:
    """This contact's COMPANY_FIELDS, stripped."""
    found = {"company_name": contact.company_name.strip()}
    for which in ADDRESSES:
        address = address_of(contact, which)
        found |= {f"{which}_{part}": str(getattr(address, part)).strip() for part in ADDRESS_PARTS}
    return found


def address_of(contact: Contact, which: str) -> Address:
    """which: a key of ADDRESSES."""
    return contact.billing_address if which == "billing" else contact.shipping_address
