"""An invoice: what a client owes, or has paid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marshmallow import post_load

from cache.stored import formerly
from connectors.zoho.documents.address import NO_ADDRESS, Address, AddressSchema
from connectors.zoho.documents.line_item import LineItem, LineItemSchema, TaxLine, TaxLineSchema
from connectors.zoho.documents.payment_options import IsPresent, PaymentOptionsSchema
from connectors.zoho.documents.schema import Nested, NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import (
    Amount,
    AmountOrPercent,
    Boolean,
    Count,
    Day,
    Identifier,
    Instant,
    Text,
)

NOT_FOR_CLIENTS = frozenset({"draft", "pending_approval", "approved"})
"""Not issued: nothing is owed on it and no client sees it, though a draft's balance equals its total (zoho.md
5.2).
"""

OPEN_STATUSES = frozenset({"sent", "viewed", "overdue", "partially_paid", "unpaid"})
"""Issued and not settled. An unknown status is shown with a neutral label and offers no payment (zoho.md
5.2).
"""


@dataclass(frozen=True, kw_only=True)
class Invoice(VersionedDocument):
    """One invoice from Zoho. List rows leave the detail fields empty; figures Zoho did not give are None.

    Amounts are in `currency`. in_process: a slow payment is under way. gateways: names of the configured
    online gateways.
    url: Zoho's own page for it, a bearer URL: never logged or stored for long (zoho.md 7.1).
    """

    id: str
    number: str = ""
    reference: str = ""
    status: str
    customer_id: str
    customer_name: str = ""
    date: dt.date | None = None
    due_on: dt.date | None = None
    total: Decimal
    balance: Decimal
    currency: str
    precision: int | None = None
    payment_made: Decimal | None = None
    credits_applied: Decimal | None = None
    write_off: Decimal | None = None
    line_items: tuple[LineItem, ...] = ()
    taxes: tuple[TaxLine, ...] = ()
    sub_total: Decimal | None = None
    tax_total: Decimal | None = None
    discount: Decimal | None = None
    discount_percent: Decimal | None = None
    shipping: Decimal | None = None
    adjustment: Decimal | None = None
    adjustment_label: str = field(default="", metadata=formerly("adjustment_words"))
    notes: str = ""
    terms: str = ""
    billing_address: Address = NO_ADDRESS
    shipping_address: Address = NO_ADDRESS
    allows_partial: bool | None = None
    in_process: bool = False
    gateways: tuple[str, ...] = ()
    recurring_invoice_id: str = ""
    estimate_id: str = ""
    url: str = ""
    last_payment_on: dt.date | None = None
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Invoice:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)

    @property
    def is_for_clients(self) -> bool:
        return self.status not in NOT_FOR_CLIENTS

    @property
    def is_unpaid(self) -> bool:
        """Something is still owed. The balance decides, not the name of the status (zoho.md 5.2)."""
        return self.status in OPEN_STATUSES and self.balance > 0

    @property
    def is_partly_paid(self) -> bool:
        """Something was paid or credited, and something is still owed."""
        return self.is_unpaid and (self.status == "partially_paid" or self.balance < self.total)

    def can_be_paid(self) -> bool:
        """Whether Pay may be offered: owed, and no payment under way."""
        return self.is_unpaid and not self.in_process

    def days_overdue(self, today: dt.date) -> int:
        """How long it has been overdue on `today`, the organisation's calendar day; 0 if it is not.

        What Zoho calls overdue counts at least one day, also on its due date or without one (zoho.md 5.2).
        """
        if not self.is_unpaid:
            return 0
        late = (today - self.due_on).days if self.due_on else 0
        return max(late, 1 if self.status == "overdue" else 0)

    def is_overdue(self, today: dt.date) -> bool:
        return self.days_overdue(today) > 0


class InvoiceSchema(ZohoSchema[Invoice]):
    document = Invoice
    kind = "invoice"
    id_key = "invoice_id"

    id = Identifier(required=True, data_key="invoice_id")
    number = Text(data_key="invoice_number")
    reference = Text(data_key="reference_number")
    status = Text(required=True)
    customer_id = Identifier(required=True)
    customer_name = Text()
    date = Day()
    due_on = Day(data_key="due_date")
    total = Amount(required=True)
    balance = Amount(required=True)
    currency = Text(required=True, data_key="currency_code")
    precision = Count(data_key="price_precision")
    payment_made = Amount()
    credits_applied = Amount()
    write_off = Amount(data_key="write_off_amount")
    line_items = NestedList(LineItemSchema)
    taxes = NestedList(TaxLineSchema)
    sub_total = Amount()
    tax_total = Amount()
    discount = AmountOrPercent(percent=False, data_key="discount")
    discount_percent = AmountOrPercent(percent=True, data_key="discount")
    shipping = Amount(data_key="shipping_charge")
    adjustment = Amount()
    adjustment_label = Text(data_key="adjustment_description")
    notes = Text()
    terms = Text()
    billing_address = Nested(AddressSchema)
    shipping_address = Nested(AddressSchema)
    allows_partial = Boolean(data_key="allow_partial_payments")
    gateways = Nested(PaymentOptionsSchema, data_key="payment_options")
    recurring_invoice_id = Text()
    estimate_id = Text()
    url = Text(data_key="invoice_url")
    last_payment_on = Day(data_key="last_payment_date")
    modified_at = Instant(data_key="last_modified_time")
    ach_started = Boolean(data_key="ach_payment_initiated")
    payment_present = Boolean(data_key="inprocess_transaction_present")
    payments_present = IsPresent(data_key="in_process_payments")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> Invoice:
        """Any of three fields can tell that a slow payment is under way (zoho.md 5.2)."""
        signs = [values.pop(name, False) for name in ("ach_started", "payment_present", "payments_present")]
        return Invoice(**values, in_process=any(signs))


SCHEMA = InvoiceSchema()
