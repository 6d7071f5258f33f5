"""What the merchant allows in their portal."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache import keys
from cache.records.order import OrderKind


@dataclass(frozen=True, kw_only=True)
class PortalSettings:
    """Each switch is a wall: button, route and order check go together. banner: text above every client page, "" for none.

    unique_payment_field: api name (cf_…) of the merchant's field on payments that accepts no duplicates, "" for none.
    """

    may_accept: bool = True
    may_decline: bool = True
    asks_decline_reason: bool = True
    may_comment: bool = True
    may_edit_details: bool = True
    may_apply_credit: bool = False
    may_report_payment: bool = True
    may_replace_card: bool = True
    shows_mail: bool = True
    mails_receipts: bool = False
    unique_payment_field: str = ""
    banner: str = ""

    def allows(self, kind: OrderKind) -> bool:
        """Whether clients may ask for this at all."""
        allowed: bool = getattr(self, SWITCH_OF[kind])
        return allowed


SWITCH_OF = {
    OrderKind.ACCEPT_ESTIMATE: "may_accept",
    OrderKind.DECLINE_ESTIMATE: "may_decline",
    OrderKind.COMMENT_ESTIMATE: "may_comment",
    OrderKind.COMMENT_INVOICE: "may_comment",
    OrderKind.EDIT_PERSON: "may_edit_details",
    OrderKind.EDIT_COMPANY: "may_edit_details",
    OrderKind.MARK_PRIMARY: "may_edit_details",
    OrderKind.APPLY_CREDIT: "may_apply_credit",
    OrderKind.RECORD_PAYMENT: "may_report_payment",
    OrderKind.REPLACE_CARD: "may_replace_card",
}
"""Who may: the switch of the merchant's that stands before each kind of order."""


class PortalSettingsRecords:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def get(self, org: str) -> PortalSettings:
        """What was saved; what never was, and switches added since, stand at their defaults."""
        text: Any = self._records.get(keys.portal_settings(org))
        known = {field.name for field in dataclasses.fields(PortalSettings)}
        return PortalSettings(**{name: value for name, value in json.loads(text or "{}").items() if name in known})

    def save(self, org: str, settings: PortalSettings) -> None:
        self._records.set(keys.portal_settings(org), json.dumps(dataclasses.asdict(settings)))
