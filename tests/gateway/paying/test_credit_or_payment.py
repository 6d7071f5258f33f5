"""Paying an invoice and using credit for it hold each other back, in words, against the sandbox."""

from __future__ import annotations

import pytest
from flask import Flask

from cache.records.orders.order import OrderKind, OrderState
from cache.records.orders.orders import Orders
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.paying.test_credit_views import Credit
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import Seeding
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services


@pytest.fixture
def credit(app: Flask, services: Services, sandbox: SandboxServer) -> Credit:
    ada = MerchantBrowser(app)
    ada.connect(ticks_billing=True)
    world = RealZoho(app, services, sandbox, ada.choose(STUDIO))
    Seeding(services).settings(world.org, may_apply_credit=True)
    return Credit(world)


@pytest.fixture
def orders(services: Services) -> Orders:
    return services.orders


def kinds(credit: Credit, orders: Orders) -> list[OrderKind]:
    return [order.kind for order in orders.of_org(credit.org, 10)]


def test_no_credit_is_used_while_the_invoice_is_being_paid(credit: Credit, orders: Orders) -> None:
    lena, pay = credit.lena, f"{credit.detail}/pay"
    lena.get(credit.page)
    stale = {str(field["name"]): str(field["value"]) for field in lena.form(credit.page).select("input")}
    lena.get(pay)
    lena.send(pay, status=200)
    lena.get(credit.detail)
    assert not lena.page.find("a", href=credit.page)
    lena.get(credit.page)
    assert "being paid on Zoho’s page, so no credit can be used" in lena.text
    assert lena.page.find("a", href=pay, string="See the payment") and not lena.page.find(
        "form", action=credit.page
    )
    lena.post(credit.page, stale, status=409)
    assert "being paid on Zoho’s page, so no credit can be used" in lena.text
    assert kinds(credit, orders) == [OrderKind.PAY_INVOICE]
    lena.get(pay)
    lena.send(f"{pay}/cancel")
    lena.get(credit.page)
    lena.send(credit.page)
    assert sorted(kinds(credit, orders)) == [OrderKind.APPLY_CREDIT, OrderKind.PAY_INVOICE]
    # The page that was cancelled here is not gone on with before the credit has come to its end.
    lena.get(pay)
    assert "Credit is being used for this invoice" in lena.text and not lena.page.find("form", action=pay)
    lena.post(f"{pay}/continue", {"csrf_token": stale["csrf_token"]})
    assert lena.answer.headers["Location"] == pay


def test_no_page_opens_while_credit_is_being_used(credit: Credit, orders: Orders) -> None:
    lena, pay = credit.lena, f"{credit.detail}/pay"
    lena.get(pay)
    stale = {str(field["name"]): str(field["value"]) for field in lena.form(pay).select("input")}
    lena.get(f"{credit.detail}/paid-already")
    report = {
        str(field["name"]): str(field["value"])
        for field in lena.form(f"{credit.detail}/paid-already").select("input[type=hidden]")
    }
    lena.get(credit.page)
    lena.send(credit.page)
    (using,) = orders.of_org(credit.org, 10)
    lena.get(pay)
    assert "Credit is being used for this invoice" in lena.text and not lena.page.find("form", action=pay)
    lena.post(pay, stale, status=409)
    assert "Credit is being used for this invoice" in lena.text and not lena.page.find(
        "a", string="Go on to Zoho"
    )
    lena.post(
        f"{credit.detail}/paid-already",
        {**report, "amount": "1", "date": "2026-01-01", "mode": "check", "reference": ""},
    )
    assert lena.answer.headers["Location"] == f"/requests/{using.id}"
    lena.get(credit.page)
    assert "already being used" in lena.text and not lena.page.find("form", action=credit.page)
    lena.get(credit.detail)
    assert lena.page.find("a", href=f"/requests/{using.id}") and not lena.page.find("a", href=pay)
    assert kinds(credit, orders) == [OrderKind.APPLY_CREDIT]
    assert orders.withdraw(credit.org, using.id, message="Withdrawn.")
    lena.get(pay)
    lena.send(pay, status=200)
    assert lena.page.find("a", string="Go on to Zoho")
    assert orders.of_org(credit.org, 1)[0].state is OrderState.AT_CHECKOUT


def test_who_presses_in_between_is_held_back_by_the_store(
    credit: Credit, orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both pages stood open: what the press finds of other requests is older than the other's press."""
    lena, pay = credit.lena, f"{credit.detail}/pay"
    lena.get(credit.page)
    monkeypatch.setattr("gateway.paying.payment_status.latest_orders", lambda visit: [])
    stale = {str(field["name"]): str(field["value"]) for field in lena.form(credit.page).select("input")}
    lena.get(pay)
    other = {str(field["name"]): str(field["value"]) for field in lena.form(pay).select("input")}
    lena.send(pay, status=200)
    lena.post(credit.page, stale)
    assert lena.answer.headers["Location"] == credit.page and kinds(credit, orders) == [OrderKind.PAY_INVOICE]
    (payment,) = orders.of_org(credit.org, 10)
    orders.note(payment, {"dismissed": "Lena"})
    lena.post(credit.page, stale)
    lena.post(pay, {**other, "form_key": "k" * 24})
    assert lena.answer.headers["Location"] == pay and len(kinds(credit, orders)) == 2
