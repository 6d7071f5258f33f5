"""A customer's cards and bank accounts in Zoho Billing, masked, and the subscriptions charged to each card
(zoho.md 4.9, 7.4). Zoho does not give that for bank accounts. Read only: none of our calls can add one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import structlog

from cache.records.orders.kinds import OrderFamily, is_in_family
from connectors.zoho.api.errors import ZohoError, ZohoNotFound, ZohoUnreadable
from connectors.zoho.document_kinds import SUBSCRIPTIONS
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.payment_method import BankAccount, Card
from connectors.zoho.documents.subscription import RUNNING_STATUSES, Subscription
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.subscription_source import subscription_kind
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.requests.open_orders import latest_orders
from gateway.web.access import ClientVisit
from gateway.web.services import services

log = structlog.get_logger()

KIND = "cards"
MAX_AGE = dt.timedelta(minutes=1)
"""So long the page does not ask again, unless something was replaced meanwhile."""

MAX_LOOKUPS = 10
"""Subscriptions by card, and bank accounts, that are looked at: each of them costs a call."""

WARNING_DAYS = 45
"""Days."""


class MethodsUnavailable(Exception):
    """Zoho cannot be reached, or refuses access."""


@dataclass(frozen=True, kw_only=True)
class CardUse(Document):
    """A subscription charged to a card. plan: its label."""

    subscription_id: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class StoredCard(Document):
    card: Card
    used_by: tuple[CardUse, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StoredMethods(Document):
    """The stored payment methods of one customer, as cached."""

    customer_id: str
    cards: tuple[StoredCard, ...] = ()
    accounts: tuple[BankAccount, ...] = ()


@dataclass(frozen=True)
class LoadedMethods:
    cards: tuple[StoredCard, ...]
    accounts: tuple[BankAccount, ...]
    as_of: dt.datetime


def has_cards_page(visit: ClientVisit) -> bool:
    """Whether the portal has the page: needs Zoho Billing and the merchant's switch."""
    return visit.shows("cards") and subscription_kind(visit) is SUBSCRIPTIONS


def read_methods(visit: ClientVisit) -> LoadedMethods:
    """Fetched from Zoho, unless cached recently and nothing was replaced since. Raises MethodsUnavailable."""
    scope, documents = visit.scope, services().documents
    stored = documents.get(scope, KIND, scope.customer_id, "")
    since = max(dt.datetime.now(dt.UTC) - MAX_AGE, _last_replaced(visit))
    if stored is not None and stored.as_of > since:
        kept = StoredMethods.from_stored(stored.body)
        return LoadedMethods(kept.cards, kept.accounts, stored.as_of)
    by_card = _subscriptions_by_card(visit)

    def fetch(zoho: OrganisationClients) -> LoadedMethods:
        fetched = zoho.billing.customers.cards(scope.customer_id)
        charged = [zoho.billing.subscriptions.get(item.id).value for item in by_card]
        cards, accounts = (
            tuple(_stored_card(card, charged) for card in fetched.value),
            _bank_accounts(zoho, scope.customer_id),
        )
        record = StoredMethods(customer_id=scope.customer_id, cards=cards, accounts=accounts)
        documents.put(scope.org, KIND, scope.customer_id, "", record.to_stored(), fetched.as_of)
        return LoadedMethods(cards, accounts, fetched.as_of)

    try:
        return fetch_for_person(visit, ("cards",), fetch, cached=lambda: None)
    except (ZohoError, FetchTimeout) as trouble:
        raise MethodsUnavailable from trouble


def days_left(card: Card, today: dt.date) -> int | None:
    """Days until the card expires; negative once expired, None when Zoho gives no date."""
    if card.expiry_year is None or card.expiry_month is None:
        return None
    year, month = card.expiry_year + card.expiry_month // 12, card.expiry_month % 12 + 1
    return (dt.date(year, month, 1) - dt.timedelta(days=1) - today).days


def _last_replaced(visit: ClientVisit) -> dt.datetime:
    """When a replacement last changed state."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return max(
        (
            order.steps[-1].at
            for order in latest_orders(visit)
            if is_in_family(order, OrderFamily.REPLACEMENT)
        ),
        default=never,
    )


def _stored_card(card: Card, charged: list[Subscription]) -> StoredCard:
    used = [
        CardUse(subscription_id=item.id, plan=item.plan_label)
        for item in charged
        if item.card is not None and item.card.id == card.id
    ]
    return StoredCard(card=card, used_by=tuple(used))


def _bank_accounts(zoho: OrganisationClients, customer_id: str) -> tuple[BankAccount, ...]:
    """No Billing list has them: the contact in Books gives their ids (zoho.md 4.9). Skips
    those Billing does not show.
    """
    found = []
    for account_id in zoho.books.contacts.get(customer_id).value.bank_account_ids[:MAX_LOOKUPS]:
        try:
            found.append(zoho.billing.customers.bank_account(customer_id, account_id).value)
        except (ZohoNotFound, ZohoUnreadable) as trouble:
            log.info("bank_account_skipped", account=account_id, why=type(trouble).__name__)
    return tuple(found)


def _subscriptions_by_card(visit: ClientVisit) -> list[Subscription]:
    page = services().mirror.page(
        visit.scope,
        SUBSCRIPTIONS.name,
        statuses=RUNNING_STATUSES,
        sort="date",
        descending=True,
        offset=0,
        limit=100,
    )
    return [item for item in (Subscription.from_stored(row.body) for row in page.rows) if item.is_automatic][
        :MAX_LOOKUPS
    ]
