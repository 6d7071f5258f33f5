"""A customer's payment, as recorded in Zoho."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from marshmallow import post_load

from connectors.zoho.documents.schema import NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import Amount, Count, Day, Identifier, Instant, Text, TextList


class AppliedAmount(NamedTuple):
    """How much of a payment or credit note went to one invoice, in its currency; None if Zoho gave none."""

    invoice_id: str
    invoice_number: str
    amount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Payment(VersionedDocument):
    """amount and unused_amount (available as customer credit) in `currency`, "" if Zoho gave none.
    is_refunded: part of it was paid back: details give the sum in its currency (refunded), rows in the base
    currency (refunded_in_base).

    mode: as Zoho shows it, since merchants define their own (zoho.md 9.17). applied: only in details; rows
    have invoice_numbers.
    """

    id: str
    number: str = ""
    customer_id: str
    customer_name: str = ""
    date: dt.date | None = None
    amount: Decimal
    unused_amount: Decimal | None = None
    refunded: Decimal | None = None
    refunded_in_base: Decimal | None = None
    is_refunded: bool = False
    currency: str = ""
    precision: int | None = None
    mode: str = ""
    reference: str = ""
    description: str = ""
    invoice_numbers: tuple[str, ...] = ()
    applied: tuple[AppliedAmount, ...] = ()
    status: str = ""
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Payment:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class AppliedAmountSchema(ZohoSchema[AppliedAmount]):
    """Payments use `amount_applied`, credit notes `amount` (zoho.md 4.6; credit-notes.yml)."""

    aliases: ClassVar = {"amount_applied": ("amount",)}

    invoice_id = Text()
    invoice_number = Text()
    amount = Amount(data_key="amount_applied")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> AppliedAmount:
        return AppliedAmount(
            values.get("invoice_id", ""), values.get("invoice_number", ""), values.get("amount")
        )


class PaymentSchema(ZohoSchema[Payment]):
    """Details have `updated_time` where rows have `last_modified_time`; the specification's `invoice_number`
    is `invoice_numbers` (zoho.md 2.6, 4.6).
    """

    document = Payment
    kind = "payment"
    id_key = "payment_id"
    aliases: ClassVar = {
        "last_modified_time": ("updated_time",),
        "payment_mode_formatted": ("payment_mode",),
        "payment_status": ("status",),
        "invoice_numbers": ("invoice_number",),
        "invoices": ("applied_invoices",),
    }

    id = Identifier(required=True, data_key="payment_id")
    number = Text(data_key="payment_number")
    customer_id = Identifier(required=True)
    customer_name = Text()
    date = Day()
    amount = Amount(required=True)
    unused_amount = Amount()
    refunded = Amount(data_key="amount_refunded")
    refunded_in_base = Amount(data_key="bcy_refunded_amount")
    currency = Text(data_key="currency_code")
    precision = Count(data_key="price_precision")
    mode = Text(data_key="payment_mode_formatted")
    reference = Text(data_key="reference_number")
    description = Text()
    invoice_numbers = TextList()
    applied = NestedList(AppliedAmountSchema, data_key="invoices")
    status = Text(data_key="payment_status")
    modified_at = Instant(data_key="last_modified_time")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> Payment:
        numbers = values.pop("invoice_numbers", ()) or tuple(
            item.invoice_number for item in values.get("applied", ()) if item.invoice_number
        )
        paid_back = values.get("refunded_in_base") or values.get("refunded")
        return Payment(**values, invoice_numbers=numbers, is_refunded=bool(paid_back))


SCHEMA = PaymentSchema()
