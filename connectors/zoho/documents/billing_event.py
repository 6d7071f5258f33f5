"""An event of Zoho Billing. Its payload is not trusted (zoho.md 4.12)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Identifier, Instant, Text


@dataclass(frozen=True, kw_only=True)
class BillingEvent(Document):
    """event_type: Zoho's, such as payment_thankyou. It only tells what to read again."""

    id: str
    event_type: str = ""
    at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> BillingEvent:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class BillingEventSchema(ZohoSchema[BillingEvent]):
    document = BillingEvent
    kind = "event"
    id_key = "event_id"

    id = Identifier(required=True, data_key="event_id")
    event_type = Text(data_key="event_type")
    at = Instant(data_key="event_time")


SCHEMA = BillingEventSchema()
