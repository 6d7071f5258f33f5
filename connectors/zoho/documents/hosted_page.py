"""A hosted page of Zoho Billing where a client pays or replaces a card; valid for one hour (zoho.md 4.11)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marshmallow import pre_load

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Instant, Text, is_absent

CLOSED_STATUSES = frozenset({"success", "cancelled", "force_cancelled"})
"""Failure is not among them: nothing in Zoho's documentation prevents another try on the same page."""


@dataclass(frozen=True, kw_only=True)
class HostedPage(Document):
    """url is a bearer URL: never cached, logged or mailed. status: fresh, read, success, failed, cancelled,
    force_cancelled.
    """

    id: str
    status: str = ""
    url: str = ""
    action: str = ""
    expires_at: dt.datetime | None = None
    created_at: dt.datetime | None = None
    invoice_id: str = ""
    subscription_id: str = ""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> HostedPage:
        """Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)

    @property
    def is_closed(self) -> bool:
        """Whether the page is finished. Success is the page's view; whether it is paid is up to the
        invoice.
        """
        return self.status in CLOSED_STATUSES


class HostedPageSchema(ZohoSchema[HostedPage]):
    """Client libraries disagree on the wrapper of `data`; all its shapes are read (zoho.md 4.11, 10.12)."""

    document = HostedPage
    kind = "hosted page"
    id_key = "hostedpage_id"

    id = Text(required=True, data_key="hostedpage_id")
    status = Text()
    url = Text()
    action = Text()
    expires_at = Instant(data_key="expiring_time")
    created_at = Instant(data_key="created_time")
    invoice_id = Text()
    subscription_id = Text()

    @pre_load
    def flatten_document_ids(self, body: Any, **_: Any) -> Any:
        """Lift data.invoice.invoice_id and data.subscription.subscription_id, where present, to the top."""
        if not isinstance(body, dict):
            return body
        data = body.get("data")
        lifted = dict(body)
        for name in ("invoice", "subscription"):
            part = data.get(name) if isinstance(data, dict) else None
            if isinstance(part, dict) and is_absent(lifted.get(f"{name}_id")):
                lifted[f"{name}_id"] = part.get(f"{name}_id")
        return lifted


SCHEMA = HostedPageSchema()
