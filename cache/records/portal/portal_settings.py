"""What the merchant allows in their portal, and its appearance and language."""

from __future__ import annotations

from dataclasses import dataclass

from redis import Redis

from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import OrderKind
from cache.records.portal import keys as portal_keys
from cache.stored import from_json, to_json

PAY_ROUTES = ("auto", "billing", "invoice_page", "bank")
"""How clients pay; "auto" takes the best route available."""


@dataclass(frozen=True, kw_only=True)
class PortalSettings:
    """Each switch is enforced in button, route and order alike.

    What clients see: shows_…. What they may do: may_…. shows_mail: the merchant's address as a link.

    asks_before_edit, locks_edit: names of cache/records/portal/edit_rules.py whose edits need the merchant's
    confirmation, or are refused.
    pay_route: one of PAY_ROUTES. bank_details: the merchant's own text, "" for none.
    unique_payment_field: api name (cf_…) of the merchant's unique field on payments, "" for none.
    fresh_minutes: an older document is fetched again in the background when it is opened.
    language: of clients who have chosen none, "" for their browser's. says_quote: the screen says "quote" for
    "estimate".
    portal_name: "" for the organisation's name. colour: #rrggbb, or "" for Foyer's own. banner: text above
    every client page. welcome: on the invitation's page. All "" for none.
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
        """The merchant's name for clients: the portal's name if set, else the organisation's in Zoho."""
        return self.portal_name or organisation

    def allows(self, kind: OrderKind) -> bool:
        """Whether clients may request this at all."""
        return all(getattr(self, switch) for switch in ORDER_KINDS[kind].switches)


class PortalSettingsRecords:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def get(self, org: str) -> PortalSettings:
        """The saved settings; missing and newer ones have their defaults."""
        text = self._records.get(portal_keys.portal_settings(org))
        return from_json(PortalSettings, text) or PortalSettings()

    def save(self, org: str, settings: PortalSettings) -> None:
        self._records.set(portal_keys.portal_settings(org), to_json(settings))
