"""A Zoho Books organisation: the merchant's own details."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import post_load

from connectors.zoho.documents.address import Address, AddressSchema
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import Nested, ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Boolean, Count, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class Organization(Document):
    """time_zone: IANA name, decides what "today" is. currency: the base currency. is_active: None if Zoho
    does not tell.
    """

    id: str
    name: str = ""
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    address_lines: tuple[str, ...] = ()
    time_zone: str = ""
    currency: str = ""
    precision: int | None = None
    country: str = ""
    language: str = ""
    is_active: bool | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Organization:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class OrganizationSchema(ZohoSchema[Organization]):
    document = Organization
    kind = "organization"
    id_key = "organization_id"
    aliases: ClassVar = {"country_code": ("country",)}

    id = Identifier(required=True, data_key="organization_id")
    name = Text()
    contact_name = Text()
    email = Text()
    phone = Text()
    website = Text()
    address = Nested(AddressSchema)
    free_address = Text(data_key="org_address")
    time_zone = Text()
    currency = Text(data_key="currency_code")
    precision = Count(data_key="price_precision")
    country = Text(data_key="country_code")
    language = Text(data_key="language_code")
    is_active = Boolean(data_key="is_org_active")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> Organization:
        """The address comes in parts or as free text; parts win."""
        parts: Address = values.pop("address", Address())
        free: str = values.pop("free_address", "")
        lines = parts.lines or tuple(line.strip() for line in free.splitlines() if line.strip())
        return Organization(address_lines=lines, **values)


SCHEMA = OrganizationSchema()
