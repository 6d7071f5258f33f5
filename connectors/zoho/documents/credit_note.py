"""A credit note and its unused balance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.line_item import LineItem, LineItemSchema, TaxLine, TaxLineSchema
from connectors.zoho.documents.payment import AppliedAmount, AppliedAmountSchema
from connectors.zoho.documents.schema import NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import Amount, Count, Day, Identifier, Instant, Text

NOT_FOR_CLIENTS = frozenset({"draft"})
"""Not issued (zoho.md 4.7)."""


@dataclass(frozen=True, kw_only=True)
class CreditNote(VersionedDocument):
    """total and balance (not yet used) in `currency`. applied: the invoices it was used for. List rows leave
    the detail fields empty.
    """

    id: str
    number: str = ""
    reference: str = ""
    status: str
    customer_id: str
    customer_name: str = ""
    date: dt.date | None = None
    total: Decimal
    balance: Decimal
    currency: str
    precision: int | None = None
    sub_total: Decimal | None = None
    tax_total: Decimal | None = None
    line_items: tuple[LineItem, ...] = ()
    taxes: tuple[TaxLine, ...] = ()
    applied: tuple[AppliedAmount, ...] = ()
    notes: str = ""
    terms: str = ""
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> CreditNote:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)

    @property
    def is_for_clients(self) -> bool:
        return self.status not in NOT_FOR_CLIENTS


class CreditNoteSchema(ZohoSchema[CreditNote]):
    document = CreditNote
    kind = "credit note"
    id_key = "creditnote_id"

    id = Identifier(required=True, data_key="creditnote_id")
    number = Text(data_key="creditnote_number")
    reference = Text(data_key="reference_number")
    status = Text(required=True)
    customer_id = Identifier(required=True)
    customer_name = Text()
    date = Day()
    total = Amount(required=True)
    balance = Amount(required=True)
    currency = Text(required=True, data_key="currency_code")
    precision = Count(data_key="price_precision")
    sub_total = Amount()
    tax_total = Amount()
    line_items = NestedList(LineItemSchema)
    taxes = NestedList(TaxLineSchema)
    applied = NestedList(AppliedAmountSchema, data_key="invoices")
    notes = Text()
    terms = Text()
    modified_at = Instant(data_key="last_modified_time")


SCHEMA = CreditNoteSchema()
