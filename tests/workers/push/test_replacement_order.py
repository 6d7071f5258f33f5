"""A card or a bank account replaced at Zoho: we send nothing, and say it is replaced only when Zoho shows
another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import BillingUse
from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.payment_method import BankAccount, Card
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.push.deliver_order import deliver_order
from workers.push.replacement_order import (
    PAGE_LIFETIME,
    ReplacementProgress,
    judge_bank_account_replacement,
    judge_card_replacement,
)
from workers.push.verdict import Sent
from workers.services import Services

OLD = Card(id="1", last_four="4242", expiry_month=12, expiry_year=2027)
NEW = Card(id="2", last_four="1881", expiry_month=1, expiry_year=2031)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def at_checkout(make_order: Callable[..., Order]) -> Order:
    payload = MethodReplacement("abcd1234", OLD.label)
    return make_order(OrderKind.REPLACE_CARD, "9", "5", payload=payload, state=OrderState.AT_CHECKOUT)


@pytest.mark.parametrize(
    ("page", "card", "after", "wanted"),
    [
        ("fresh", OLD, dt.timedelta(minutes=1), OrderState.AT_CHECKOUT),
        ("success", OLD, dt.timedelta(minutes=1), OrderState.AT_CHECKOUT),
        ("fresh", NEW, dt.timedelta(minutes=1), OrderState.CONFIRMED),
        ("success", NEW, dt.timedelta(minutes=1), OrderState.CONFIRMED),
        ("failed", OLD, dt.timedelta(minutes=1), OrderState.AT_CHECKOUT),
        ("cancelled", OLD, dt.timedelta(minutes=1), OrderState.WITHDRAWN),
        ("cancelled", NEW, dt.timedelta(minutes=1), OrderState.CONFIRMED),
        ("fresh", OLD, PAGE_LIFETIME, OrderState.WITHDRAWN),
        ("success", OLD, PAGE_LIFETIME, OrderState.CONFIRMED),
        ("fresh", None, dt.timedelta(minutes=1), OrderState.AT_CHECKOUT),
    ],
)
def test_the_card_in_use_decides(
    at_checkout: Order, page: str, card: Card | None, after: dt.timedelta, wanted: OrderState
) -> None:
    seen = ReplacementProgress(HostedPage(id="abcd1234", status=page), card, at_checkout.recorded_at + after)
    assert judge_card_replacement(at_checkout, seen, TODAY, Sent.NEVER).state is wanted


BEFORE, AFTER = BankAccount(id="3", last_four="0771"), BankAccount(id="3", last_four="4455")


@pytest.mark.parametrize(
    ("page", "account", "after", "wanted", "expected"),
    [
        ("success", BEFORE, dt.timedelta(minutes=1), OrderState.AT_CHECKOUT, "is asked"),
        ("fresh", AFTER, dt.timedelta(minutes=1), OrderState.CONFIRMED, "•••• 4455 in place of •••• 0771"),
        ("cancelled", BEFORE, dt.timedelta(minutes=1), OrderState.WITHDRAWN, "as it was"),
        ("fresh", None, dt.timedelta(minutes=1), OrderState.AT_CHECKOUT, "is asked"),
        ("fresh", BEFORE, PAGE_LIFETIME, OrderState.WITHDRAWN, "run out"),
        ("success", BEFORE, PAGE_LIFETIME, OrderState.CONFIRMED, "•••• 0771"),
        ("success", None, PAGE_LIFETIME, OrderState.CONFIRMED, "none"),
    ],
)
def test_the_bank_account_that_zoho_shows_decides(
    make_order: Callable[..., Order],
    page: str,
    account: BankAccount | None,
    after: dt.timedelta,
    wanted: OrderState,
    expected: str,
) -> None:
    payload = MethodReplacement("abcd1234", BEFORE.label)
    order = make_order(
        OrderKind.REPLACE_BANK_ACCOUNT, "3", "5", payload=payload, state=OrderState.AT_CHECKOUT
    )
    seen = ReplacementProgress(HostedPage(id="abcd1234", status=page), account, order.recorded_at + after)
    verdict = judge_bank_account_replacement(order, seen, TODAY, Sent.NEVER)
    assert verdict.state is wanted and expected in verdict.message and "card" not in verdict.message


@pytest.mark.parametrize("minutes", [0.1, 5, 60])
def test_it_is_looked_for_often_at_first_and_then_seldom(at_checkout: Order, minutes: float) -> None:
    seen = ReplacementProgress(
        HostedPage(id="abcd1234"), OLD, at_checkout.recorded_at + dt.timedelta(minutes=minutes)
    )
    again = judge_card_replacement(at_checkout, seen, TODAY, Sent.NEVER).again_in
    assert again == pytest.approx({0.1: 10.0, 5: 60.0, 60: 300.0}[minutes])


def test_a_real_page_is_waited_for_and_its_end_is_told(
    settings: Settings,
    stores: Stores,
    services: Services,
    sandbox: SandboxServer,
    make_order: Callable[..., Order],
    delivered: Any,
) -> None:
    org = connect_merchant(settings, stores, uses_billing=True)
    services.connections.save_billing(org, BillingUse.FOUND, billing_organization_id=org.partition("-")[2])
    billing = services.zoho.billing(org, CallClass.PERSON)
    rows = [billing.subscriptions.get(row.id).value for row in billing.subscriptions.list_page().rows]
    subscription = next(row for row in rows if row.card is not None)
    assert subscription.card is not None
    page = billing.hosted_pages.update_card(subscription.id, redirect_url="http://127.0.0.1:1/requests").value
    order = make_order(
        OrderKind.REPLACE_CARD,
        subscription.id,
        subscription.customer_id,
        state=OrderState.AT_CHECKOUT,
        payload=MethodReplacement(page.id, subscription.card.label),
    )
    assert deliver_order(order.org, order.id, services) is not None
    card = {"number": "4000 0000 0000 1881", "expiry": "07/41", "holder": "Nora West"}
    sandbox.http.post(page.url, data=card, allow_redirects=False, timeout=10).raise_for_status()
    order = delivered(order, OrderState.CONFIRMED)
    assert "1881" in order.steps[-1].message and order.attempts == 0


def test_a_bank_account_is_waited_for_and_what_changed_is_told(
    settings: Settings,
    stores: Stores,
    services: Services,
    sandbox: SandboxServer,
    make_order: Callable[..., Order],
    delivered: Any,
) -> None:
    org = connect_merchant(settings, stores, uses_billing=True)
    organization_id = org.partition("-")[2]
    services.connections.save_billing(org, BillingUse.FOUND, billing_organization_id=organization_id)
    contacts = sandbox.state(organization_id=organization_id, kind="contacts")[organization_id]["contacts"]
    customer_id = next(id for id, item in contacts.items() if item.get("bank_accounts"))
    (account_id,) = (
        services.zoho.books(org, CallClass.PERSON).contacts.get(customer_id).value.bank_account_ids
    )
    billing = services.zoho.billing(org, CallClass.PERSON)
    before = billing.customers.bank_account(customer_id, account_id).value
    page = billing.hosted_pages.update_bank_account(account_id).value
    order = make_order(
        OrderKind.REPLACE_BANK_ACCOUNT,
        account_id,
        customer_id,
        state=OrderState.AT_CHECKOUT,
        payload=MethodReplacement(page.id, before.label),
    )
    assert deliver_order(order.org, order.id, services) is not None
    sandbox.http.post(page.url, data={"account_number": "000222334455"}, timeout=10).raise_for_status()
    order = delivered(order, OrderState.CONFIRMED)
    assert (
        order.steps[-1].message == f"Zoho now shows the bank account •••• 4455 in place of {before.label}."
        and order.attempts == 0
    )
