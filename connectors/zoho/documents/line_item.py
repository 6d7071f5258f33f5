"""The lines and tax lines of an estimate or an invoice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema
from connectors.zoho.documents.zoho_fields import Amount, AmountOrPercent, Text


@dataclass(frozen=True, kw_only=True)
class LineItem(Document):
    """Figures in the document's currency; None if Zoho gave none.

    discount: the amount taken off the line. discount_percent: only where Zoho writes it with its sign,
    "12.5%".
    """

    id: str = ""
    name: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    rate: Decimal | None = None
    total: Decimal | None = None
    discount: Decimal | None = None
    discount_percent: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class TaxLine(Document):
    """One tax of a document, in the document's currency."""

    name: str = ""
    amount: Decimal | None = None


class LineItemSchema(ZohoSchema[LineItem]):
    document = LineItem

    id = Text(data_key="line_item_id")
    name = Text()
    description = Text()
    quantity = Amount()
    unit = Text()
    rate = Amount()
    total = Amount(data_key="item_total")
    # In a line, `discount` may mean per cent or money (estimates.yml: "either in % or in amount"); this is
    # always money.
    discount = Amount(data_key="discount_amount")
    discount_percent = AmountOrPercent(percent=True, data_key="discount")


class TaxLineSchema(ZohoSchema[TaxLine]):
    document = TaxLine

    name = Text(data_key="tax_name")
    amount = Amount(data_key="tax_amount")
