"""A card or a bank account replaced at Zoho: we send nothing, and say it is replaced only when Zoho shows
another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cache.call_budget import CallClass
from cache.records.connection import BillingUse
from cache.records.method_replacement import MethodReplacement, as_shown
from cache.records.order import Order, OrderKind, OrderState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.payment_method import BankAccount, Card
from servers.sandbox_server import SandboxServer
from servers.worker_process import connect_merchant
from workers.job_setup import Resources
from workers.push.deliver_order import deliver_order
from workers.push.replacement_order import PAGE_LIVES, HandedOver, judge_replacement
from workers.push.verdict import Sent

OLD = Card(id="1", last_four="4242", expiry_month=12, expiry_year=2027)
NEW = Card(id="2", last_four="1881", expiry_month=1, expiry_year=2031)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def handed_over(wish: Callable[..., Order]) -> Order:
    shown = as_shown(MethodReplacement("abcd1234", OLD.words))
    return wish(OrderKind.REPLACE_CARD, "9", "5", shown=shown, state=OrderState.HANDED_OVER)


@pytest.mark.parametrize(
    ("page", "card", "after", "wanted"),
    [
        ("fresh", OLD, dt.timedelta(minutes=1), OrderState.HANDED_OVER),
        ("success", OLD, dt.timedelta(minutes=1), OrderState.HANDED_OVER),
        ("fresh", NEW, dt.timedelta(minutes=1), OrderState.CONFIRMED),
        ("success", NEW, dt.timedelta(minutes=1), OrderState.CONFIRMED),
        ("failed", OLD, dt.timedelta(minutes=1), OrderState.HANDED_OVER),
        ("cancelled", OLD, dt.timedelta(minutes=1), OrderState.WITHDRAWN),
        ("cancelled", NEW, dt.timedelta(minutes=1), OrderState.CONFIRMED),
        ("fresh", OLD, PAGE_LIVES, OrderState.WITHDRAWN),
        ("success", OLD, PAGE_LIVES, OrderState.CONFIRMED),
        ("fresh", None, dt.timedelta(minutes=1), OrderState.HANDED_OVER),
    ],
)
def test_the_card_in_use_decides(
    handed_over: Order, page: str, card: Card | None, after: dt.timedelta, wanted: OrderState
) -> None:
    seen = HandedOver(HostedPage(id="abcd1234", status=page), card, handed_over.recorded_at + after)
    assert judge_replacement(handed_over, seen, TODAY, Sent.NEVER).state is wanted


BEFORE, AFTER = BankAccount(id="3", last_four="0771"), BankAccount(id="3", last_four="4455")


@pytest.mark.parametrize(
    ("page", "account", "after", "wanted", "words"),
    [
        ("success", BEFORE, dt.timedelta(minutes=1), OrderState.HANDED_OVER, "is asked"),
        ("fresh", AFTER, dt.timedelta(minutes=1), OrderState.CONFIRMED, "•••• 4455 in place of •••• 0771"),
        ("cancelled", BEFORE, dt.timedelta(minutes=1), OrderState.WITHDRAWN, "as it was"),
        ("fresh", None, dt.timedelta(minutes=1), OrderState.HANDED_OVER, "is asked"),
        ("fresh", BEFORE, PAGE_LIVES, OrderState.WITHDRAWN, "run out"),
        ("success", BEFORE, PAGE_LIVES, OrderState.CONFIRMED, "•••• 0771"),
        ("success", None, PAGE_LIVES, OrderState.CONFIRMED, "none"),
    ],
)
def test_the_bank_account_that_zoho_shows_decides(
    wish: Callable[..., Order],
    page: str,
    account: BankAccount | None,
    after: dt.timedelta,
    wanted: OrderState,
    words: str,
) -> None:
    shown = as_shown(MethodReplacement("abcd1234", BEFORE.words))
    order = wish(OrderKind.REPLACE_BANK_ACCOUNT, "3", "5", shown=shown, state=OrderState.HANDED_OVER)
    seen = HandedOver(HostedPage(id="abcd1234", status=page), account, order.recorded_at + after)
    verdict = judge_replacement(order, seen, TODAY, Sent.NEVER)
    assert verdict.state is wanted and words in verdict.words and "card" not in verdict.words


@pytest.mark.parametrize("minutes", [0.1, 5, 60])
def test_it_is_looked_for_often_at_first_and_then_seldom(handed_over: Order, minutes: float) -> None:
    seen = HandedOver(HostedPage(id="abcd1234"), OLD, handed_over.recorded_at + dt.timedelta(minutes=minutes))
    again = judge_replacement(handed_over, seen, TODAY, Sent.NEVER).again_in
    assert again == pytest.approx({0.1: 10.0, 5: 60.0, 60: 300.0}[minutes])


def test_a_real_page_is_waited_for_and_its_end_is_told(
    settings: Settings,
    redis: RedisConnections,
    desk: Resources,
    sandbox: SandboxServer,
    wish: Callable[..., Order],
    delivered: Any,
) -> None:
    org = connect_merchant(settings, redis, uses_billing=True)
    desk.connections.save_billing(org, BillingUse.FOUND, billing_organization_id=org.partition("-")[2])
    billing = desk.zoho.billing(org, CallClass.PERSON)
    rows = [billing.subscriptions.get(row.id).value for row in billing.subscriptions.list_page().rows]
    subscription = next(one for one in rows if one.card is not None)
    assert subscription.card is not None
    page = billing.hosted_pages.update_card(subscription.id, redirect_url="http://127.0.0.1:1/requests").value
    order = wish(
        OrderKind.REPLACE_CARD,
        subscription.id,
        subscription.customer_id,
        state=OrderState.HANDED_OVER,
        shown=as_shown(MethodReplacement(page.id, subscription.card.words)),
    )
    assert deliver_order(order.org, order.id, desk) is not None
    card = {"number": "4000 0000 0000 1881", "expiry": "07/41", "holder": "Nora West"}
    sandbox.http.post(page.url, data=card, allow_redirects=False, timeout=10).raise_for_status()
    order = delivered(order, OrderState.CONFIRMED)
    assert "1881" in order.steps[-1].words and order.attempts == 0


def test_a_bank_account_is_waited_for_and_what_changed_is_told(
    settings: Settings,
    redis: RedisConnections,
    desk: Resources,
    sandbox: SandboxServer,
    wish: Callable[..., Order],
    delivered: Any,
) -> None:
    org = connect_merchant(settings, redis, uses_billing=True)
    organization_id = org.partition("-")[2]
    desk.connections.save_billing(org, BillingUse.FOUND, billing_organization_id=organization_id)
    contacts = sandbox.state(organization_id=organization_id, kind="contacts")[organization_id]["contacts"]
    customer_id = next(id for id, one in contacts.items() if one.get("bank_accounts"))
    (account_id,) = desk.zoho.books(org, CallClass.PERSON).contacts.get(customer_id).value.bank_account_ids
    billing = desk.zoho.billing(org, CallClass.PERSON)
    before = billing.customers.bank_account(customer_id, account_id).value
    page = billing.hosted_pages.update_bank_account(account_id).value
    order = wish(
        OrderKind.REPLACE_BANK_ACCOUNT,
        account_id,
        customer_id,
        state=OrderState.HANDED_OVER,
        shown=as_shown(MethodReplacement(page.id, before.words)),
    )
    assert deliver_order(order.org, order.id, desk) is not None
    sandbox.http.post(page.url, data={"account_number": "000222334455"}, timeout=10).raise_for_status()
    order = delivered(order, OrderState.CONFIRMED)
    assert (
        order.steps[-1].words == f"Zoho now shows the bank account •••• 4455 in place of {before.words}."
        and order.attempts == 0
    )
