"""What settled an invoice: payments and credits applied to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Amount, Day, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class InvoicePayment(Document):
    """The part of a payment that went to one invoice; amount in the invoice's currency. id: the payment's."""

    id: str
    number: str = ""
    date: dt.date | None = None
    amount: Decimal
    mode: str = ""
    reference: str = ""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> InvoicePayment:
        """Raises ZohoUnreadable."""
        return parse(PAYMENT_SCHEMA, body, org=org)


@dataclass(frozen=True, kw_only=True)
class AppliedCredit(Document):
    """The part of a credit note used for one invoice; amount in the invoice's currency. id: the credit
    note's.
    """

    id: str
    number: str = ""
    date: dt.date | None = None
    amount: Decimal

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> AppliedCredit:
        """Raises ZohoUnreadable."""
        return parse(CREDIT_SCHEMA, body, org=org)


class InvoicePaymentSchema(ZohoSchema[InvoicePayment]):
    document = InvoicePayment
    kind = "payment on an invoice"
    id_key = "payment_id"

    id = Identifier(required=True, data_key="payment_id")
    number = Text(data_key="payment_number")
    date = Day()
    amount = Amount(required=True)
    mode = Text(data_key="payment_mode")
    reference = Text(data_key="reference_number")


class AppliedCreditSchema(ZohoSchema[AppliedCredit]):
    document = AppliedCredit
    kind = "credit on an invoice"
    id_key = "creditnote_id"

    id = Identifier(required=True, data_key="creditnote_id")
    number = Text(data_key="creditnotes_number")
    date = Day(data_key="credited_date")
    amount = Amount(required=True, data_key="amount_applied")


PAYMENT_SCHEMA = InvoicePaymentSchema()
CREDIT_SCHEMA = AppliedCreditSchema()
