"""An estimate (Zoho's pages say "Quote"): what a client may accept or decline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cache.stored import formerly
from config.stored_messages import StoredMessage
from connectors.zoho.documents.address import NO_ADDRESS, Address, AddressSchema
from connectors.zoho.documents.estimate_changes import Change, changes, digest_of
from connectors.zoho.documents.line_item import LineItem, LineItemSchema, TaxLine, TaxLineSchema
from connectors.zoho.documents.schema import Nested, NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import (
    Amount,
    AmountOrPercent,
    Count,
    Day,
    Identifier,
    Instant,
    Text,
    TextList,
)

NOT_FOR_CLIENTS = frozenset({"draft", "pending_approval", "approved"})
"""Not issued yet: a client never sees these (zoho.md 5.1)."""

UNANSWERABLE_REASONS = {
    "accepted": StoredMessage("It has already been accepted."),
    "invoiced": StoredMessage("It has already been accepted and turned into an invoice."),
    "declined": StoredMessage("It has already been declined."),
    "expired": StoredMessage("It has expired."),
    "draft": StoredMessage("It has not been sent yet."),
}


@dataclass(frozen=True, kw_only=True)
class Estimate(VersionedDocument):
    """One estimate from Zoho. List rows leave the detail fields empty; figures Zoho did not give are None.

    Amounts are in `currency`; precision is Zoho's price_precision, None in rows. invoice_ids: what it was
    converted into.
    """

    id: str
    number: str = ""
    reference: str = ""
    status: str
    customer_id: str
    customer_name: str = ""
    date: dt.date | None = None
    expires_on: dt.date | None = None
    accepted_on: dt.date | None = None
    declined_on: dt.date | None = None
    total: Decimal
    currency: str
    precision: int | None = None
    sub_total: Decimal | None = None
    tax_total: Decimal | None = None
    discount: Decimal | None = None
    discount_percent: Decimal | None = None
    shipping: Decimal | None = None
    adjustment: Decimal | None = None
    adjustment_label: str = field(default="", metadata=formerly("adjustment_words"))
    line_items: tuple[LineItem, ...] = ()
    taxes: tuple[TaxLine, ...] = ()
    notes: str = ""
    terms: str = ""
    billing_address: Address = NO_ADDRESS
    shipping_address: Address = NO_ADDRESS
    invoice_ids: tuple[str, ...] = ()
    url: str = ""
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Estimate:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)

    @property
    def is_for_clients(self) -> bool:
        return self.status not in NOT_FOR_CLIENTS

    def can_be_answered(self, today: dt.date) -> bool:
        """Whether it may be accepted or declined on `today`, the organisation's calendar day: only while sent
        and not expired.
        """
        return not self.unanswerable_reason(today)

    def unanswerable_reason(self, today: dt.date) -> str:
        """One plain sentence, "" if it can be answered. Unknown statuses allow no action (zoho.md 10.25)."""
        if self.status != "sent":
            return UNANSWERABLE_REASONS.get(
                self.status, StoredMessage("It cannot be answered in its present state.")
            )
        if self.expires_on is not None and today > self.expires_on:
            return UNANSWERABLE_REASONS["expired"]
        return ""

    def digest(self) -> str:
        """sha256 over everything the page shows and a person agrees to; equal digests mean the same offer."""
        return digest_of(self)

    def difference(self, seen: dict[str, Any]) -> tuple[Change, ...]:
        """What changed since a client saw it, line by line. seen: the stored form of the estimate
        they saw.
        """
        return changes(Estimate.from_stored(seen), self)


class EstimateSchema(ZohoSchema[Estimate]):
    document = Estimate
    kind = "estimate"
    id_key = "estimate_id"

    id = Identifier(required=True, data_key="estimate_id")
    number = Text(data_key="estimate_number")
    reference = Text(data_key="reference_number")
    status = Text(required=True)
    customer_id = Identifier(required=True)
    customer_name = Text()
    date = Day()
    expires_on = Day(data_key="expiry_date")
    accepted_on = Day(data_key="accepted_date")
    declined_on = Day(data_key="declined_date")
    total = Amount(required=True)
    currency = Text(required=True, data_key="currency_code")
    precision = Count(data_key="price_precision")
    sub_total = Amount()
    tax_total = Amount()
    discount = AmountOrPercent(percent=False, data_key="discount")
    discount_percent = AmountOrPercent(percent=True, data_key="discount")
    shipping = Amount(data_key="shipping_charge")
    adjustment = Amount()
    adjustment_label = Text(data_key="adjustment_description")
    line_items = NestedList(LineItemSchema)
    taxes = NestedList(TaxLineSchema)
    notes = Text()
    terms = Text()
    billing_address = Nested(AddressSchema)
    shipping_address = Nested(AddressSchema)
    invoice_ids = TextList()
    url = Text(data_key="estimate_url")
    modified_at = Instant(data_key="last_modified_time")


SCHEMA = EstimateSchema()
