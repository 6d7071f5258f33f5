"""A postal address, as in contacts, estimates and invoices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema
from connectors.zoho.documents.zoho_fields import Text


@dataclass(frozen=True, kw_only=True)
class Address(Document):
    """Every part may be ""."""

    address_id: str = ""
    attention: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    state_code: str = ""
    zip: str = ""
    country: str = ""
    phone: str = ""
    fax: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as on an envelope, without empty lines, phone and fax.

        Where addresses have states, the postcode comes last ("Portland, ME 04101"); elsewhere it comes first
        ("10115 Berlin").
        """
        if self.state:
            town = ", ".join(part for part in (self.city, f"{self.state} {self.zip}".strip()) if part)
        else:
            town = f"{self.zip} {self.city}".strip()
        return tuple(
            line for line in (self.attention, self.street, self.street2, town, self.country) if line.strip()
        )


NO_ADDRESS = Address()


class AddressSchema(ZohoSchema[Address]):
    """Lists use `zipcode` where details use `zip`; Billing uses `street` where Books uses `address` (zoho.md
    9.2).
    """

    document = Address
    aliases: ClassVar = {
        "zip": ("zipcode",),
        "address": ("street", "street_address1"),
        "street2": ("street_address2",),
    }

    address_id = Text()
    attention = Text()
    street = Text(data_key="address")
    street2 = Text()
    city = Text()
    state = Text()
    state_code = Text()
    zip = Text()
    country = Text()
    phone = Text()
    fax = Text()
