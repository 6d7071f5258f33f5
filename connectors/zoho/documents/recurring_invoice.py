"""A recurring invoice: takes the place of a subscription for merchants without Zoho Billing (zoho.md 4.7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import Day, Identifier, Instant, Text


@dataclass(frozen=True, kw_only=True)
class RecurringInvoice(VersionedDocument):
    """status: active, stopped or expired. Zoho gives no amount (zoho.md 4.7): its invoices do."""

    id: str
    name: str = ""
    status: str
    customer_id: str
    customer_name: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    last_sent_on: dt.date | None = None
    next_on: dt.date | None = None
    currency: str = ""
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> RecurringInvoice:
        """From a list row. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class RecurringInvoiceSchema(ZohoSchema[RecurringInvoice]):
    document = RecurringInvoice
    kind = "recurring invoice"
    id_key = "recurring_invoice_id"

    id = Identifier(required=True, data_key="recurring_invoice_id")
    name = Text(data_key="recurrence_name")
    status = Text(required=True)
    customer_id = Identifier(required=True)
    customer_name = Text()
    starts_on = Day(data_key="start_date")
    ends_on = Day(data_key="end_date")
    last_sent_on = Day(data_key="last_sent_date")
    next_on = Day(data_key="next_invoice_date")
    currency = Text(data_key="currency_code")
    modified_at = Instant(data_key="last_modified_time")


SCHEMA = RecurringInvoiceSchema()
