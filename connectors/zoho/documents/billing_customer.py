"""A customer in Zoho Billing; the ids may equal those of Books, which must be checked (zoho.md 8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Amount, Boolean, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class BillingCustomer(Document):
    """Amounts in the customer's currency; None if Zoho gave none."""

    id: str
    name: str = ""
    email: str = ""
    company_name: str = ""
    currency: str = ""
    status: str = ""
    outstanding: Decimal | None = None
    unused_credits: Decimal | None = None
    can_replace_bank_account: bool | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> BillingCustomer:
        """Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class BillingCustomerSchema(ZohoSchema[BillingCustomer]):
    document = BillingCustomer
    kind = "Billing customer"
    id_key = "customer_id"

    id = Identifier(required=True, data_key="customer_id")
    name = Text(data_key="display_name")
    email = Text()
    company_name = Text()
    currency = Text(data_key="currency_code")
    status = Text()
    outstanding = Amount()
    unused_credits = Amount()
    can_replace_bank_account = Boolean(data_key="can_add_bank_account")


SCHEMA = BillingCustomerSchema()
