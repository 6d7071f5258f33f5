"""What the merchant allows in their portal, and how it looks and speaks."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import OrderKind
from cache.records.portal import keys as portal_keys

PAY_ROUTES = ("auto", "billing", "invoice_page", "bank")
"""Which way clients are led when they pay; "auto" takes the best one that is there."""


@dataclass(frozen=True, kw_only=True)
class PortalSettings:
    """Each switch is a wall: button, route and order check go together.

    What clients see: shows_…. What they may do: may_…. shows_mail: the merchant's address as a link.

    asks_before_edit, locks_edit: names of cache/records/portal/edit_rules.py whose edits wait for the
    merchant's word, or are refused.
    pay_route: one of PAY_ROUTES. bank_details: the merchant's own words, "" for none.
    unique_payment_field: api name (cf_…) of the merchant's field on payments that accepts no duplicates, ""
    for none.
    fresh_minutes: a document that was read longer ago is read again behind the page when it is opened.
    language: of clients who have chosen none, "" for their browser's. says_quote: the screen says "quote" for
    "estimate".
    portal_name: "" for the organisation's name. colour: #rrggbb, or ""
    for Foyer's own. banner: text above every client page. welcome: on the invitation's page. All "" for none.
    """

    shows_estimates: bool = True
    shows_invoices: bool = True
    shows_subscriptions: bool = True
    shows_payments: bool = True
    shows_statement: bool = True
    shows_cards: bool = True
    shows_terms: bool = True
    shows_mail: bool = True
    shows_review: bool = True

    may_accept: bool = True
    may_decline: bool = True
    asks_decline_reason: bool = True
    may_comment: bool = True
    may_edit_details: bool = True
    asks_before_edit: tuple[str, ...] = ()
    locks_edit: tuple[str, ...] = ()
    may_share_links: bool = False

    may_pay: bool = True
    pay_route: str = "auto"
    bank_details: str = ""
    may_report_payment: bool = True
    unique_payment_field: str = ""
    may_apply_credit: bool = False
    may_replace_card: bool = True

    requires_second_factor: bool = False
    may_sign_in_by_link: bool = True
    fresh_minutes: int = 15

    language: str = ""
    says_quote: bool = False
    portal_name: str = ""
    colour: str = ""
    logo: str = ""
    banner: str = ""
    welcome: str = ""

    def displayed_name(self, organisation: str) -> str:
        """What clients know the merchant as: the portal's name where it has one, else that of the
        organisation in Zoho.
        """
        return self.portal_name or organisation

    def allows(self, kind: OrderKind) -> bool:
        """Whether clients may ask for this at all."""
        return all(getattr(self, switch) for switch in ORDER_KINDS[kind].switches)


class PortalSettingsRecords:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def get(self, org: str) -> PortalSettings:
        """What was saved; what never was, and switches added since, stand at their defaults."""
        text: Any = self._records.get(portal_keys.portal_settings(org))
        known = {field.name for field in dataclasses.fields(PortalSettings)}
        kept = {name: value for name, value in json.loads(text or "{}").items() if name in known}
        read: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return PortalSettings(**read)

    def save(self, org: str, settings: PortalSettings) -> None:
        self._records.set(portal_keys.portal_settings(org), json.dumps(dataclasses.asdict(settings)))
