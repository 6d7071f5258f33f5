"""A contact: the customer that documents are written for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marshmallow import post_load

from connectors.zoho.documents.address import NO_ADDRESS, Address, AddressSchema
from connectors.zoho.documents.contact_person import ContactPerson, ContactPersonSchema
from connectors.zoho.documents.schema import Nested, NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import Amount, Count, Identifier, Instant, NestedIds, Text


@dataclass(frozen=True, kw_only=True)
class Contact(VersionedDocument):
    """outstanding and unused_credits in `currency`, None if Zoho gave none. kind: customer or vendor, "" if
    Zoho gave none.

    language: as Zoho spells it ("de", "pt_br"), "" if Zoho gave none; only details have it.
    bank_account_ids: accounts stored for charging, if a detail lists them: the key is undocumented (zoho.md
    4.2, 4.9). email, phone and mobile are the primary contact person's (zoho.md 4.2).
    """

    id: str
    name: str = ""
    company_name: str = ""
    kind: str = ""
    status: str = ""
    currency: str = ""
    precision: int | None = None
    email: str = ""
    phone: str = ""
    mobile: str = ""
    language: str = ""
    outstanding: Decimal | None = None
    unused_credits: Decimal | None = None
    billing_address: Address = NO_ADDRESS
    shipping_address: Address = NO_ADDRESS
    primary_person_id: str = ""
    persons: tuple[ContactPerson, ...] = ()
    bank_account_ids: tuple[str, ...] = ()
    created_at: dt.datetime | None = None
    modified_at: dt.datetime | None = None

    @property
    def customer_id(self) -> str:
        """A contact belongs to itself."""
        return self.id

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Contact:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class ContactSchema(ZohoSchema[Contact]):
    document = Contact
    kind = "contact"
    id_key = "contact_id"

    id = Identifier(required=True, data_key="contact_id")
    name = Text(data_key="contact_name")
    company_name = Text()
    contact_kind = Text(data_key="contact_type")
    status = Text()
    currency = Text(data_key="currency_code")
    precision = Count(data_key="price_precision")
    email = Text()
    phone = Text()
    mobile = Text()
    language = Text(data_key="language_code")
    outstanding = Amount(data_key="outstanding_receivable_amount")
    unused_credits = Amount(data_key="unused_credits_receivable_amount")
    billing_address = Nested(AddressSchema)
    shipping_address = Nested(AddressSchema)
    primary_person_id = Text(data_key="primary_contact_id")
    persons = NestedList(ContactPersonSchema, data_key="contact_persons")
    bank_account_ids = NestedIds("account_id", data_key="bank_accounts")
    created_at = Instant(data_key="created_time")
    modified_at = Instant(data_key="last_modified_time")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> Contact:
        """Rows give the primary person's e-mail and phone numbers at the top, details only under that
        person.
        """
        people = tuple(
            dataclasses.replace(person, language=values.get("language", ""))
            for person in values.pop("persons", ())
        )
        contact = Contact(kind=values.pop("contact_kind", ""), persons=people, **values)
        primary = next(
            (
                person
                for person in contact.persons
                if person.is_primary or person.id == contact.primary_person_id
            ),
            None,
        )
        if primary is None:
            return contact
        return dataclasses.replace(
            contact,
            email=contact.email or primary.email,
            phone=contact.phone or primary.phone,
            mobile=contact.mobile or primary.mobile,
        )


SCHEMA = ContactSchema()
