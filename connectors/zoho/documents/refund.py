"""Refunds: money a merchant paid back, from a credit note or an unused payment (zoho.md 4.2, 4.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Amount, Day, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class Refund(Document):
    """of_id and number: of the refunded credit note or payment. amount: in that document's currency, which
    Zoho calls `amount_fcy`.
    """

    id: str
    of_id: str
    number: str = ""
    date: dt.date | None = None
    amount: Decimal
    mode: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class CreditNoteRefund(Refund):
    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> CreditNoteRefund:
        """Raises ZohoUnreadable."""
        return parse(CREDIT_NOTE_SCHEMA, body, org=org)


@dataclass(frozen=True, kw_only=True)
class PaymentRefund(Refund):
    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> PaymentRefund:
        """Raises ZohoUnreadable."""
        return parse(PAYMENT_SCHEMA, body, org=org)


R = TypeVar("R", bound=Refund)


class RefundSchema(ZohoSchema[R]):
    """What Zoho calls the same for both."""

    date = Day()
    amount = Amount(required=True, data_key="amount_fcy")
    mode = Text(data_key="refund_mode")
    reference = Text(data_key="reference_number")


class CreditNoteRefundSchema(RefundSchema[CreditNoteRefund]):
    document = CreditNoteRefund
    kind = "refund of a credit note"
    id_key = "creditnote_refund_id"

    id = Identifier(required=True, data_key="creditnote_refund_id")
    of_id = Identifier(required=True, data_key="creditnote_id")
    number = Text(data_key="creditnote_number")


class PaymentRefundSchema(RefundSchema[PaymentRefund]):
    document = PaymentRefund
    kind = "refund of a payment"
    id_key = "payment_refund_id"

    id = Identifier(required=True, data_key="payment_refund_id")
    of_id = Identifier(required=True, data_key="payment_id")
    number = Text(data_key="payment_number")


CREDIT_NOTE_SCHEMA = CreditNoteRefundSchema()
PAYMENT_SCHEMA = PaymentRefundSchema()
