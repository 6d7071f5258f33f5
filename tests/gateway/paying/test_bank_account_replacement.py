"""Bank accounts on the client's page: masked, replaced on Zoho's page, and never more than one page open.
Tried against the sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import Tag
from flask import Flask

from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import OrderKind, OrderState
from tests.gateway.browser import Browser
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.paying.test_credit_views import all_stored_texts
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import Seeding
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services

DOWN = {"path": "/billing/v1/*", "do": "status", "status": 503, "times": 20}


@pytest.fixture
def world(app: Flask, services: Services, sandbox: SandboxServer) -> RealZoho:
    """Connected with Billing, through the real pages."""
    ada = MerchantBrowser(app)
    ada.connect(ticks_billing=True)
    return RealZoho(app, services, sandbox, ada.choose(STUDIO))


class Stored:
    """A customer who has a bank account, and a client of theirs."""

    def __init__(self, world: RealZoho) -> None:
        contacts = world.truth["contacts"].items()
        self.customer_id, account = next(
            (id, contact["bank_accounts"][0]) for id, contact in contacts if contact["bank_accounts"]
        )
        self.id, self.last_four = str(account["account_id"]), f"{int(account['last_four_digits']):04d}"
        self.address = f"/bank-accounts/{self.id}"
        self.lena = world.client_of(self.customer_id)


@pytest.fixture
def stored(world: RealZoho) -> Stored:
    return Stored(world)


def button(browser: Browser, address: str) -> Tag | None:
    found = browser.page.find("form", action=address)
    return found if isinstance(found, Tag) else None


def zohos_page(browser: Browser) -> str:
    return str(browser.page.find("a", string="Go on to Zoho")["href"])


def test_an_account_is_shown_masked_and_replaced_at_zoho(world: RealZoho, stored: Stored) -> None:
    lena = stored.lena
    lena.get("/cards")
    assert f"•••• {stored.last_four}" in lena.text and lena.page.select_one("time")
    assert {str(field.get("name")) for field in lena.page.find_all("input")} == {"csrf_token"}
    lena.send(stored.address, status=200)
    address, texts = zohos_page(lena), all_stored_texts(world.services)
    (order,) = world.orders()
    assert (order.kind, order.state, order.document_id) == (
        OrderKind.REPLACE_BANK_ACCOUNT,
        OrderState.AT_CHECKOUT,
        stored.id,
    )
    assert order.payload_as(MethodReplacement).before == f"•••• {stored.last_four}"
    assert lena.answer.headers["Cache-Control"] == "no-store"
    assert any(order.id in text for text in texts) and all(address not in text for text in texts)
    lena.get(f"/requests/{order.id}")
    assert "Going on at Zoho’s own page" in lena.text and lena.page.find("a", href="/cards")


def test_what_was_replaced_at_zoho_is_on_the_list_at_once(world: RealZoho, stored: Stored) -> None:
    """However short ago the list was read: coming back is no proof, reading is."""
    stored.lena.get("/cards")
    stored.lena.send(stored.address, status=200)
    world.sandbox.http.post(
        zohos_page(stored.lena), data={"account_number": "000222334455"}, timeout=10
    ).raise_for_status()
    stored.lena.get("/cards")
    assert "•••• 4455" in stored.lena.text and f"•••• {stored.last_four}" not in stored.lena.text


def test_whoever_presses_again_is_led_to_the_page_that_is_open(world: RealZoho, stored: Stored) -> None:
    stored.lena.get("/cards")
    stored.lena.send(stored.address, status=200)
    address = zohos_page(stored.lena)
    pia = world.colleague_of(stored.customer_id)
    pia.get("/cards")
    assert pia.page.find("a", string="Being replaced")
    pia.send(stored.address, status=200)
    assert zohos_page(pia) == address and len(world.orders()) == 1
    world.sandbox.http.post(address, data={"action": "cancel"}, timeout=10).raise_for_status()
    pia.get("/cards")
    pia.send(stored.address)
    assert (
        pia.answer.headers["Location"].endswith(f"/requests/{world.orders()[0].id}")
        and len(world.orders()) == 1
    )


def test_an_account_of_somebody_else_does_not_exist(world: RealZoho, stored: Stored) -> None:
    others = (
        item
        for id, item in world.truth["contacts"].items()
        if id != stored.customer_id and item["bank_accounts"]
    )
    theirs = str(next(others)["bank_accounts"][0]["account_id"])
    stored.lena.get("/cards")
    token = str(stored.lena.page.select_one("input[name=csrf_token]")["value"])
    for other in (theirs, "46000000000001"):
        stored.lena.post(f"/bank-accounts/{other}", {"csrf_token": token}, status=404)
    assert world.orders() == [] and "/hostedpages/updatepaymentmethod" not in str(world.sandbox.calls(0))


def test_a_customer_without_any_reads_so(world: RealZoho) -> None:
    """The key stands in no document of Zoho's: where it is missing, there are none."""
    without = next(
        id for id, item in world.truth["contacts"].items() if not item["bank_accounts"] and not item["cards"]
    )
    lena = world.client_of(without)
    lena.get("/cards")
    assert "No cards and no bank accounts" in lena.text


@pytest.fixture
def billing_away(sandbox: SandboxServer) -> Iterator[None]:
    yield
    sandbox.clear_faults()


@pytest.mark.usefixtures("billing_away")
def test_while_zoho_is_away_the_page_says_so_and_nothing_is_recorded(world: RealZoho, stored: Stored) -> None:
    stored.lena.get("/cards")
    world.sandbox.fault(**DOWN)
    stored.lena.send(stored.address)
    stored.lena.follow()
    assert "cannot be asked for your cards and bank accounts" in stored.lena.text and world.orders() == []


@pytest.mark.parametrize("switch", ["may_replace_card", "shows_cards"])
def test_behind_its_switch_it_cannot_be_replaced(world: RealZoho, stored: Stored, switch: str) -> None:
    stored.lena.get("/cards")
    token = str(button(stored.lena, stored.address).select_one("input[name=csrf_token]")["value"])  # type: ignore[union-attr, index]
    Seeding(world.services).settings(world.org, **{switch: False})
    stored.lena.get("/cards", status=200 if switch == "may_replace_card" else 404)
    assert button(stored.lena, stored.address) is None
    stored.lena.post(stored.address, {"csrf_token": token}, status=404)
    assert world.orders() == []
