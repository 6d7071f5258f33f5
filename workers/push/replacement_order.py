"""Replacing a card or a bank account: the client does it on Zoho's page, and we only check the result.
Nothing is sent (zoho.md 7.4).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.connections.call_budget import CallClass
from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import Order, OrderState
from config.stored_messages import N_, StoredMessage
from connectors.zoho.api.errors import ZohoNotFound
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.payment_method import BankAccount, Card
from workers.copies.store_fetched import store_document
from workers.push.verdict import Next, Sent, Verdict, ended
from workers.services import Services

OFTEN, SELDOM, GROWTH = 10.0, 300.0, 0.2
"""Seconds between two polls: often at first, then after a fifth of the time waited."""

PAGE_LIFETIME = dt.timedelta(minutes=75)
"""A page lives for one hour (zoho.md 4.11); then some time for what was submitted in its last minute."""


@dataclass(frozen=True, kw_only=True)
class Messages:
    """waiting: while Zoho's page is open. shows: Zoho shows another method. succeeded: the page reports
    success, but Zoho shows the same as before.
    closed, ran_out: nothing was replaced.
    """

    waiting: str
    shows: str
    succeeded: str
    closed: str
    ran_out: str


CARD_MESSAGES = Messages(
    waiting=N_("Zoho’s page for the new card is open. Zoho is asked what became of it."),
    shows=N_("Zoho shows the new card: %(card)s."),
    succeeded=N_("Zoho’s page succeeded. The card in use: %(card)s."),
    closed=N_("Zoho’s page was closed without a new card. The card in use is as it was."),
    ran_out=N_("Zoho’s page has run out without a new card. The card in use is as it was."),
)
BANK_ACCOUNT_MESSAGES = Messages(
    waiting=N_("Zoho’s page for the new bank account is open. Zoho is asked what became of it."),
    shows=N_("Zoho now shows the bank account %(account)s in place of %(before)s."),
    succeeded=N_("Zoho’s page succeeded. The bank account that Zoho shows: %(account)s."),
    closed=N_("Zoho’s page was closed without a new bank account. The account is as it was."),
    ran_out=N_("Zoho’s page has run out without a new bank account. The account is as it was."),
)


@dataclass(frozen=True)
class ReplacementProgress:
    """The client's page, the method stored now, and when it was read. now: None if Zoho shows none."""

    page: HostedPage
    now: Card | BankAccount | None
    at: dt.datetime


def fetch_card_replacement(
    services: Services, books: BooksClient, order: Order
) -> Fetched[ReplacementProgress]:
    """The page, and the subscription's card: two calls to Billing. Raises ZohoError."""
    billing = services.zoho.billing(order.org, CallClass.ORDER)
    page = billing.hosted_pages.get(order.payload_as(MethodReplacement).page_id)
    fetched = billing.subscriptions.get(order.document_id)
    store_document(services, order.org, "subscriptions", fetched)
    return Fetched(ReplacementProgress(page.value, fetched.value.card, fetched.as_of), fetched.as_of)


def fetch_bank_account_replacement(
    services: Services, books: BooksClient, order: Order
) -> Fetched[ReplacementProgress]:
    """The page, and the account by its id: two calls to Billing. A deleted account is None. Raises
    ZohoError.
    """
    billing = services.zoho.billing(order.org, CallClass.ORDER)
    page = billing.hosted_pages.get(order.payload_as(MethodReplacement).page_id)
    try:
        fetched = billing.customers.bank_account(order.customer_id, order.document_id)
    except ZohoNotFound:
        return Fetched(ReplacementProgress(page.value, None, page.as_of), page.as_of)
    return Fetched(ReplacementProgress(page.value, fetched.value, fetched.as_of), fetched.as_of)


def judge_card_replacement(order: Order, seen: ReplacementProgress, today: dt.date, sent: Sent) -> Verdict:
    """Whether the subscription has another card now."""
    return _judge(order, seen, CARD_MESSAGES)


def judge_bank_account_replacement(
    order: Order, seen: ReplacementProgress, today: dt.date, sent: Sent
) -> Verdict:
    """Whether another account is stored under its id now."""
    return _judge(order, seen, BANK_ACCOUNT_MESSAGES)


def _judge(order: Order, seen: ReplacementProgress, messages: Messages) -> Verdict:
    """What is stored decides, not what the page reports."""
    before, now = (
        order.payload_as(MethodReplacement).before,
        seen.now.label if seen.now else "",
    )
    if now and now != before:
        told = StoredMessage(messages.shows, before=before, card=now, account=now)
        return Verdict(Next.CONFIRM, OrderState.CONFIRMED, told, {"status": "replaced"})
    waited = seen.at - order.recorded_at
    if seen.page.is_closed and seen.page.status != "success":
        return ended(OrderState.WITHDRAWN, StoredMessage(messages.closed))
    if waited >= PAGE_LIFETIME:
        if seen.page.status == "success":
            # The same one was entered again: Zoho shows no difference from no change.
            none = StoredMessage("none")
            return Verdict(
                Next.CONFIRM,
                OrderState.CONFIRMED,
                StoredMessage(messages.succeeded, card=now or none, account=now or none),
                {},
            )
        return ended(OrderState.WITHDRAWN, StoredMessage(messages.ran_out))
    again_in = min(SELDOM, max(OFTEN, waited.total_seconds() * GROWTH))
    return Verdict(
        Next.FETCH_AGAIN, OrderState.AT_CHECKOUT, StoredMessage(messages.waiting), again_in=again_in
    )
