"""A contact person of a customer, who may be invited as a client."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Boolean, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class ContactPerson(Document):
    """contact_id: their customer, "" where Zoho names it only outside the object. is_primary: None if Zoho
    does not tell.

    language: the customer's, as Zoho spells it ("de", "pt_br"); persons have none in Zoho.
    """

    id: str
    contact_id: str = ""
    salutation: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    designation: str = ""
    department: str = ""
    is_primary: bool | None = None
    language: str = ""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> ContactPerson:
        """Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)

    @property
    def full_name(self) -> str:
        """First and last name without salutation; "" if Zoho has neither."""
        return " ".join(part for part in (self.first_name.strip(), self.last_name.strip()) if part)


class ContactPersonSchema(ZohoSchema[ContactPerson]):
    document = ContactPerson
    kind = "contact person"
    id_key = "contact_person_id"

    id = Identifier(required=True, data_key="contact_person_id")
    contact_id = Text()
    salutation = Text()
    first_name = Text()
    last_name = Text()
    email = Text()
    phone = Text()
    mobile = Text()
    designation = Text()
    department = Text()
    is_primary = Boolean(data_key="is_primary_contact")


SCHEMA = ContactPersonSchema()
