"""Replacing a card: the client does it on Zoho's page, we only ask what became of it. Nothing is sent from here (FACTS 7.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.call_budget import CallClass
from cache.records.card_replacement import replacement_of
from cache.records.order import Order, OrderState
from config.phrases import Phrase
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.payment_method import Card
from workers.job_setup import Resources
from workers.keep_said import keep_document
from workers.push.verdict import Next, Sent, Verdict, ended

WAITING_WORDS = Phrase("Zoho’s page for the new card is open. Zoho is asked what became of it.")
OFTEN, SELDOM, GROWTH = 10.0, 300.0, 0.2
"""Seconds between two looks: often at first, then after a fifth of the time already waited."""

PAGE_LIVES = dt.timedelta(minutes=75)
"""A page lives for one hour (FACTS 4.11); then a while for what was sent off in its last minute."""


@dataclass(frozen=True)
class HandedOver:
    """The page of the client, the card of the subscription now, and when that was read."""

    page: HostedPage
    card: Card | None
    at: dt.datetime


def look_at_card(desk: Resources, books: BooksClient, order: Order) -> Said[HandedOver]:
    """Two calls to Billing. Raises ZohoError."""
    billing = desk.zoho.billing(order.org, CallClass.ORDER)
    page = billing.hosted_pages.get(replacement_of(order.shown).page_id)
    said = billing.subscriptions.get(order.document_id)
    keep_document(desk, order.org, "subscriptions", said)
    return Said(HandedOver(page.value, said.value.card, said.said_at), said.said_at)


def judge_card(order: Order, seen: HandedOver, today: dt.date, sent: Sent) -> Verdict:
    """The subscription's card decides, not what the page says of itself."""
    before, now = replacement_of(order.shown).before, seen.card.words if seen.card else ""
    if now and now != before:
        return Verdict(Next.CONFIRM, OrderState.CONFIRMED, Phrase("Zoho shows the new card: %(card)s.", card=now), {"status": "replaced"})
    waited = seen.at - order.recorded_at
    if seen.page.is_closed and seen.page.status != "success":
        return ended(OrderState.WITHDRAWN, Phrase("Zoho’s page was closed without a new card. The card in use is as it was."))
    if waited >= PAGE_LIVES:
        if seen.page.status == "success":
            # The same card given again: nothing that Zoho shows tells it from no change.
            return Verdict(
                Next.CONFIRM,
                OrderState.CONFIRMED,
                Phrase("Zoho’s page succeeded. The card in use: %(card)s.", card=now or Phrase("none")),
                {},
            )
        return ended(OrderState.WITHDRAWN, Phrase("Zoho’s page has run out without a new card. The card in use is as it was."))
    again_in = min(SELDOM, max(OFTEN, waited.total_seconds() * GROWTH))
    return Verdict(Next.LOOK_AGAIN, OrderState.HANDED_OVER, WAITING_WORDS, again_in=again_in)
