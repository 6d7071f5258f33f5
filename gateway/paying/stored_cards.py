"""The cards that Zoho Billing keeps for a customer, masked, and which subscriptions are charged to them (FACTS 4.9, 7.4). Read only:
nothing here, and no call of ours, can add one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from connectors.zoho.documents.payment_method import Card
from connectors.zoho.documents.stored_form import Document
from connectors.zoho.documents.subscription import RUNNING, Subscription
from connectors.zoho.errors import ZohoError
from connectors.zoho.zoho_lines import ZohoLines
from gateway.access import ClientVisit
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_kinds import SUBSCRIPTIONS
from gateway.reading.subscription_kind import subscription_kind
from gateway.wiring import wired

KIND = "cards"
KEPT_FOR = dt.timedelta(minutes=1)
"""So long the page does not ask again: a card that was just replaced is seen at once or a minute later."""

MOST_ASKED = 10
"""Subscriptions by card that are looked at, each of which may cost a call."""

WARNED_BEFORE = 45
"""Days."""


class CardsUnknown(Exception):
    """Zoho cannot be asked just now, or does not allow it."""


@dataclass(frozen=True, kw_only=True)
class UsedBy(Document):
    """A subscription that is charged to a card. plan: its words for people."""

    subscription_id: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class StoredCard(Document):
    card: Card
    used_by: tuple[UsedBy, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardRecord(Document):
    """All cards of one customer, as they are kept."""

    customer_id: str
    cards: tuple[StoredCard, ...] = ()


@dataclass(frozen=True)
class CardReading:
    cards: tuple[StoredCard, ...]
    said_at: dt.datetime


def has_cards_page(visit: ClientVisit) -> bool:
    """Whether this merchant's portal has the page: Zoho Billing, and the merchant's switch."""
    return visit.shows("cards") and subscription_kind(visit) is SUBSCRIPTIONS


def read_cards(visit: ClientVisit) -> CardReading:
    """Asked of Zoho unless that was done a moment ago. Raises CardsUnknown."""
    scope, documents = visit.scope, wired().documents
    stored = documents.get(scope, KIND, scope.customer_id, "")
    if stored is not None and dt.datetime.now(dt.UTC) - stored.said_at < KEPT_FOR:
        return CardReading(CardRecord.from_stored(stored.body).cards, stored.said_at)
    by_card = _subscriptions_by_card(visit)

    def ask(zoho: ZohoLines) -> CardReading:
        said = zoho.billing.customers.cards(scope.customer_id)
        charged = [zoho.billing.subscriptions.get(one.id).value for one in by_card]
        record = CardRecord(customer_id=scope.customer_id, cards=tuple(_stored(card, charged) for card in said.value))
        documents.put(scope.org, KIND, scope.customer_id, "", record.stored(), said.said_at)
        return CardReading(record.cards, said.said_at)

    try:
        return ask_for_person(visit, ("cards",), ask, kept=lambda: None)
    except (ZohoError, TakesTooLong) as trouble:
        raise CardsUnknown from trouble


def days_left(card: Card, today: dt.date) -> int | None:
    """Until the card's last day; below 0 its time is over, None where Zoho did not say."""
    if card.expiry_year is None or card.expiry_month is None:
        return None
    year, month = card.expiry_year + card.expiry_month // 12, card.expiry_month % 12 + 1
    return (dt.date(year, month, 1) - dt.timedelta(days=1) - today).days


def _stored(card: Card, charged: list[Subscription]) -> StoredCard:
    used = [UsedBy(subscription_id=one.id, plan=one.plan_words) for one in charged if one.card is not None and one.card.id == card.id]
    return StoredCard(card=card, used_by=tuple(used))


def _subscriptions_by_card(visit: ClientVisit) -> list[Subscription]:
    page = wired().mirror.page(visit.scope, SUBSCRIPTIONS.name, statuses=RUNNING, sort="date", descending=True, offset=0, limit=100)
    return [one for one in (Subscription.from_stored(row.body) for row in page.rows) if one.is_automatic][:MOST_ASKED]
