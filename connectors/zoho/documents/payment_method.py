"""Stored cards and bank accounts, as far as Zoho shows them: never a full number (zoho.md 4.9)."""

from __future__ import annotations

from dataclasses import dataclass

from config.stored_messages import StoredMessage
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Count, Identifier, LastFour, Text


@dataclass(frozen=True, kw_only=True)
class Card(Document):
    """A card as masked by Zoho. expiry_month 1 to 12; both expiry fields None if Zoho gave none."""

    id: str
    last_four: str = ""
    expiry_month: int | None = None
    expiry_year: int | None = None
    gateway: str = ""
    status: str = ""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Card:
        """Raises ZohoUnreadable."""
        return parse(CARD_SCHEMA, body, org=org)

    @property
    def label(self) -> str:
        """ "•••• 4242, good until 12/2027": all that we ever know of a card."""
        if not (self.expiry_month and self.expiry_year):
            return f"•••• {self.last_four}"
        return StoredMessage(
            "•••• %(digits)s, good until %(month)s/%(year)s",
            digits=self.last_four,
            month=f"{self.expiry_month:02d}",
            year=str(self.expiry_year),
        )


@dataclass(frozen=True, kw_only=True)
class BankAccount(Document):
    """A bank account as masked by Zoho."""

    id: str
    last_four: str = ""
    gateway: str = ""
    status: str = ""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> BankAccount:
        """Raises ZohoUnreadable."""
        return parse(ACCOUNT_SCHEMA, body, org=org)

    @property
    def label(self) -> str:
        """ "•••• 0771": all that we ever know of an account."""
        return f"•••• {self.last_four}"


class CardSchema(ZohoSchema[Card]):
    document = Card
    kind = "card"
    id_key = "card_id"

    id = Identifier(required=True, data_key="card_id")
    last_four = LastFour(data_key="last_four_digits")
    expiry_month = Count()
    expiry_year = Count()
    gateway = Text(data_key="payment_gateway")
    status = Text()


class BankAccountSchema(ZohoSchema[BankAccount]):
    document = BankAccount
    kind = "bank account"
    id_key = "account_id"

    id = Identifier(required=True, data_key="account_id")
    last_four = LastFour(data_key="last_four_digits")
    gateway = Text()
    status = Text()


CARD_SCHEMA = CardSchema()
ACCOUNT_SCHEMA = BankAccountSchema()
