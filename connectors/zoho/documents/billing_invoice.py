"""An invoice in Zoho Billing: field names unlike those of Books, and its lines' plan codes (zoho.md
4.10, 8).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import Amount, Day, Identifier, Instant, Text


@dataclass(frozen=True, kw_only=True)
class BillingLine(Document):
    """code: of the billed plan or add-on. Billing sends price as text (zoho.md 2.4)."""

    name: str = ""
    code: str = ""
    price: Decimal | None = None
    quantity: Decimal | None = None
    total: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class BillingInvoice(VersionedDocument):
    """Amounts in `currency`. Rows of lists have no lines."""

    id: str
    number: str = ""
    status: str
    date: dt.date | None = None
    due_on: dt.date | None = None
    customer_id: str
    total: Decimal | None = None
    balance: Decimal | None = None
    currency: str = ""
    lines: tuple[BillingLine, ...] = ()
    url: str = ""
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> BillingInvoice:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class BillingLineSchema(ZohoSchema[BillingLine]):
    document = BillingLine

    name = Text()
    code = Text()
    price = Amount()
    quantity = Amount()
    total = Amount(data_key="item_total")


class BillingInvoiceSchema(ZohoSchema[BillingInvoice]):
    document = BillingInvoice
    kind = "Billing invoice"
    id_key = "invoice_id"
    aliases: ClassVar = {"number": ("invoice_number",), "invoice_date": ("date",)}

    id = Identifier(required=True, data_key="invoice_id")
    number = Text()
    status = Text(required=True)
    date = Day(data_key="invoice_date")
    due_on = Day(data_key="due_date")
    customer_id = Identifier(required=True)
    total = Amount()
    balance = Amount()
    currency = Text(data_key="currency_code")
    lines = NestedList(BillingLineSchema, data_key="invoice_items")
    url = Text(data_key="invoice_url")
    modified_at = Instant(data_key="updated_time")


SCHEMA = BillingInvoiceSchema()
