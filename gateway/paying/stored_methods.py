"""The cards and bank accounts that Zoho Billing keeps for a customer, masked, and which subscriptions are
charged to the cards (FACTS 4.9, 7.4): of bank accounts Zoho does not tell that. Read only: nothing here, and
no call of ours, can add one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import structlog

from cache.records.order import REPLACEMENTS
from connectors.zoho.documents.payment_method import BankAccount, Card
from connectors.zoho.documents.stored_form import Document
from connectors.zoho.documents.subscription import RUNNING, Subscription
from connectors.zoho.errors import ZohoError, ZohoNotFound, ZohoUnreadable
from connectors.zoho.zoho_lines import ZohoLines
from gateway.access import ClientVisit
from gateway.orders.open_orders import latest_orders
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_kinds import SUBSCRIPTIONS
from gateway.reading.subscription_kind import subscription_kind
from gateway.wiring import wired

log = structlog.get_logger()

KIND = "cards"
KEPT_FOR = dt.timedelta(minutes=1)
"""So long the page does not ask again, unless something was replaced meanwhile."""

MOST_ASKED = 10
"""Subscriptions by card, and bank accounts, that are looked at: each of them costs a call."""

WARNED_BEFORE = 45
"""Days."""


class MethodsUnknown(Exception):
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
class MethodRecord(Document):
    """All that is stored of one customer, as it is kept here."""

    customer_id: str
    cards: tuple[StoredCard, ...] = ()
    accounts: tuple[BankAccount, ...] = ()


@dataclass(frozen=True)
class MethodReading:
    cards: tuple[StoredCard, ...]
    accounts: tuple[BankAccount, ...]
    said_at: dt.datetime


def has_cards_page(visit: ClientVisit) -> bool:
    """Whether this merchant's portal has the page: Zoho Billing, and the merchant's switch."""
    return visit.shows("cards") and subscription_kind(visit) is SUBSCRIPTIONS


def read_methods(visit: ClientVisit) -> MethodReading:
    """Asked of Zoho unless that was done a moment ago and nothing was replaced since. Raises
    MethodsUnknown.
    """
    scope, documents = visit.scope, wired().documents
    stored = documents.get(scope, KIND, scope.customer_id, "")
    since = max(dt.datetime.now(dt.UTC) - KEPT_FOR, _last_replaced(visit))
    if stored is not None and stored.said_at > since:
        kept = MethodRecord.from_stored(stored.body)
        return MethodReading(kept.cards, kept.accounts, stored.said_at)
    by_card = _subscriptions_by_card(visit)

    def ask(zoho: ZohoLines) -> MethodReading:
        said = zoho.billing.customers.cards(scope.customer_id)
        charged = [zoho.billing.subscriptions.get(one.id).value for one in by_card]
        cards, accounts = (
            tuple(_stored(card, charged) for card in said.value),
            _bank_accounts(zoho, scope.customer_id),
        )
        record = MethodRecord(customer_id=scope.customer_id, cards=cards, accounts=accounts)
        documents.put(scope.org, KIND, scope.customer_id, "", record.stored(), said.said_at)
        return MethodReading(cards, accounts, said.said_at)

    try:
        return ask_for_person(visit, ("cards",), ask, kept=lambda: None)
    except (ZohoError, TakesTooLong) as trouble:
        raise MethodsUnknown from trouble


def days_left(card: Card, today: dt.date) -> int | None:
    """Until the card's last day; below 0 its time is over, None where Zoho did not say."""
    if card.expiry_year is None or card.expiry_month is None:
        return None
    year, month = card.expiry_year + card.expiry_month // 12, card.expiry_month % 12 + 1
    return (dt.date(year, month, 1) - dt.timedelta(days=1) - today).days


def _last_replaced(visit: ClientVisit) -> dt.datetime:
    """When something last became of a replacement."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return max((one.steps[-1].at for one in latest_orders(visit) if one.kind in REPLACEMENTS), default=never)


def _stored(card: Card, charged: list[Subscription]) -> StoredCard:
    used = [
        UsedBy(subscription_id=one.id, plan=one.plan_words)
        for one in charged
        if one.card is not None and one.card.id == card.id
    ]
    return StoredCard(card=card, used_by=tuple(used))


def _bank_accounts(zoho: ZohoLines, customer_id: str) -> tuple[BankAccount, ...]:
    """No list of Billing's tells them: the contact in Books names their ids (FACTS 4.9). One that Billing
    does not show is left out.
    """
    found = []
    for account_id in zoho.books.contacts.get(customer_id).value.bank_account_ids[:MOST_ASKED]:
        try:
            found.append(zoho.billing.customers.bank_account(customer_id, account_id).value)
        except (ZohoNotFound, ZohoUnreadable) as trouble:
            log.info("bank_account_left_out", account=account_id, why=type(trouble).__name__)
    return tuple(found)


def _subscriptions_by_card(visit: ClientVisit) -> list[Subscription]:
    page = wired().mirror.page(
        visit.scope, SUBSCRIPTIONS.name, statuses=RUNNING, sort="date", descending=True, offset=0, limit=100
    )
    return [one for one in (Subscription.from_stored(row.body) for row in page.rows) if one.is_automatic][
        :MOST_ASKED
    ]
