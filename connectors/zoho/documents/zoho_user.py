"""The Zoho user behind a grant: the merchant who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import post_load

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import NestedList, ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Boolean, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class ZohoUser(Document):
    """id is Zoho's user id within the organisation."""

    id: str
    name: str = ""
    email: str = ""
    role: str = ""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> ZohoUser:
        """Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


@dataclass(frozen=True, kw_only=True)
class EmailAddress:
    """One of a user's addresses; the selected one is where Zoho sends mail."""

    email: str = ""
    is_selected: bool = False


class EmailSchema(ZohoSchema[EmailAddress]):
    document = EmailAddress

    email = Text()
    is_selected = Boolean()


class ZohoUserSchema(ZohoSchema[ZohoUser]):
    document = ZohoUser
    kind = "user"
    id_key = "user_id"

    id = Identifier(required=True, data_key="user_id")
    name = Text()
    email = Text()
    emails = NestedList(EmailSchema, data_key="email_ids")
    role = Text(data_key="user_role")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> ZohoUser:
        """The selected address of `email_ids` if that list is present (users.yml), else `email`."""
        emails = sorted(values.pop("emails", ()), key=lambda one: not one.is_selected)
        email = next((email.email for email in emails if email.email), values.pop("email", ""))
        return ZohoUser(**{**values, "email": email})


SCHEMA = ZohoUserSchema()
