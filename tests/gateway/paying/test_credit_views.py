"""Using credit and replacing a card: both look into Zoho at the click, so both are tried against the
sandbox.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from redis import Redis

from cache.records.orders.credit_use import CreditUse
from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import OrderKind, OrderState
from connectors.zoho.billing.operations import BILLING_OPERATIONS
from connectors.zoho.books.operations import BOOKS_OPERATIONS
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.payment_method import Card
from connectors.zoho.documents.subscription import RUNNING_STATUSES
from gateway.paying.payment_methods import days_left
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import AS_OF, Seeding
from tests.servers.sandbox_server import SandboxServer
from workers.copies.mirror_rows import mirror_row
from workers.services import Services


@pytest.fixture
def org(app: Flask, sandbox: SandboxServer) -> str:
    """Connected with Billing, through the real pages."""
    ada = MerchantBrowser(app)
    ada.connect(ticks_billing=True)
    return ada.choose(STUDIO)


@pytest.fixture
def world(app: Flask, services: Services, sandbox: SandboxServer, org: str) -> RealZoho:
    return RealZoho(app, services, sandbox, org)


class Credit:
    """An open credit note of a customer who owes something in the same currency; the client's pages about
    it.
    """

    def __init__(self, world: RealZoho) -> None:
        owed = {
            invoice["customer_id"]: invoice
            for invoice in world.truth["invoices"].values()
            if invoice["status"] == "sent" and invoice["balance"] > 10
        }
        notes = [
            note
            for note in world.truth["credit_notes"].values()
            if note["status"] == "open" and note["customer_id"] in owed
        ]
        self.note: CreditNote = world.books.credit_notes.get(notes[0]["creditnote_id"]).value
        self.invoice = world.books.invoices.get(owed[self.note.customer_id]["invoice_id"]).value
        self.org, self.detail = world.org, f"/invoices/{self.invoice.id}"
        self.lena = world.client_of(self.note.customer_id)
        world.services.mirror.put_page(world.org, [mirror_row("credit_notes", self.note, AS_OF)])
        Seeding(world.services).has(self.invoice, org=world.org)
        self.page = f"{self.detail}/credit"
        self.amount = min(self.note.balance or Decimal(0), self.invoice.balance)


def test_credit_is_used_after_a_last_look(world: RealZoho) -> None:
    Seeding(world.services).settings(world.org, may_apply_credit=True)
    credit = Credit(world)
    credit.lena.get(f"/invoices/{credit.invoice.id}")
    assert credit.lena.page.find("a", href=credit.page)
    credit.lena.get(credit.page)
    credit.lena.send(credit.page)
    (order,) = world.orders()
    assert (order.kind, order.seen_total, order.document_id) == (
        OrderKind.APPLY_CREDIT,
        credit.amount,
        credit.invoice.id,
    )
    use = order.payload_as(CreditUse)
    assert (use.source, use.id, use.used_before) == ("credit_note", credit.note.id, Decimal(0))
    credit.lena.follow()
    assert "Use of credit for invoice" in credit.lena.text


def test_an_amount_that_changed_meanwhile_is_shown_and_asked_again(world: RealZoho) -> None:
    Seeding(world.services).settings(world.org, may_apply_credit=True)
    credit = Credit(world)
    credit.lena.get(credit.page)
    left = Decimal("0.75")
    world.books.invoice_actions.apply_credits(
        credit.invoice.id, credit_notes={credit.note.id: credit.amount - left}
    )
    now = world.books.credit_notes.get(credit.note.id).value
    world.services.mirror.put_page(world.org, [mirror_row("credit_notes", now, AS_OF)])
    credit.lena.send(credit.page, status=409)
    assert "changed in Zoho after you saw them" in credit.lena.text and world.orders() == []


def test_credit_behind_its_switch_is_absent(world: RealZoho) -> None:
    credit = Credit(world)
    credit.lena.get(f"/invoices/{credit.invoice.id}")
    assert not credit.lena.page.find("a", href=credit.page)
    credit.lena.get(credit.page, status=404)


@pytest.fixture
def by_card(world: RealZoho) -> Any:
    """A subscription that is paid by card."""
    rows = [
        row
        for row in world.billing.subscriptions.list_page().rows
        if row.is_automatic and row.status in RUNNING_STATUSES
    ]
    said = next(
        found for row in rows if (found := world.billing.subscriptions.get(row.id)).value.card is not None
    )
    world.services.mirror.put_page(world.org, [mirror_row("subscriptions", said.value, said.as_of)])
    world.services.documents.put(
        world.org, "subscriptions", said.value.id, said.value.version, said.value.to_stored(), said.as_of
    )
    return said.value


def test_a_card_is_replaced_at_zoho_and_its_page_is_kept_nowhere(world: RealZoho, by_card: Any) -> None:
    lena = world.client_of(by_card.customer_id)
    lena.get(f"/subscriptions/{by_card.id}")
    lena.send(f"/subscriptions/{by_card.id}/card", status=200)
    address = str(lena.page.find("a", string="Go on to Zoho")["href"])
    (order,) = world.orders()
    assert (order.kind, order.state) == (OrderKind.REPLACE_CARD, OrderState.AT_CHECKOUT)
    assert by_card.card.last_four in order.payload_as(MethodReplacement).before
    assert lena.answer.headers["Cache-Control"] == "no-store"
    assert address not in str(order)
    texts = all_stored_texts(world.services)
    assert any(order.id in text for text in texts) and all(address not in text for text in texts)
    lena.get(f"/requests/{order.id}")
    assert "Going on at Zoho’s own page" in lena.text and not lena.page.find(
        "form", attrs={"data-withdraw": True}
    )


def test_while_zoho_is_away_a_press_is_answered_and_never_repeated_by_itself(
    world: RealZoho, by_card: Any
) -> None:
    lena = world.client_of(by_card.customer_id)
    lena.get(f"/subscriptions/{by_card.id}")
    world.sandbox.fault("status", method="POST", path="/billing/v1/*", status=503, times=20)
    lena.send(f"/subscriptions/{by_card.id}/card", status=409)
    world.sandbox.clear_faults()
    assert "Nothing was changed" in lena.text and not lena.page.find("meta", attrs={"name": "poll-seconds"})
    assert world.orders() == []
    lena.get("/details")
    assert lena.page.select_one('main a[href="/cards"]'), "and cards are one step from their own details"


def all_stored_texts(services: Services) -> list[str]:
    """Both stores, key by key, as text."""
    found = []
    for store in (
        Redis.from_url(services.settings.redis_url),
        Redis.from_url(services.settings.cache_redis_url),
    ):
        readers: dict[str, Any] = {
            "string": store.get,
            "hash": store.hgetall,
            "set": store.smembers,
            "list": lambda key, of=store: of.lrange(key, 0, -1),
            "zset": lambda key, of=store: of.zrange(key, 0, -1),
        }
        found += [str(readers[store.type(key).decode()](key)) for key in store.scan_iter()]
    return found


def test_nowhere_can_a_card_be_added(app: Flask) -> None:
    """No route of ours, and no call to Zoho that we have, is one by which a card or a bank account comes to
    be.
    """
    about = ("card", "method", "bank")
    ways = {
        (rule.rule, *sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        for rule in app.url_map.iter_rules()
    }
    assert {way for way in ways if any(word in way[0] for word in about)} == {
        ("/subscriptions/<zoho_id:subscription_id>/card", "POST"),
        ("/cards", "GET"),
        ("/bank-accounts/<zoho_id:bank_account_id>", "POST"),
    }
    calls = {
        (operation.method, operation.path)
        for operation in (*BOOKS_OPERATIONS, *BILLING_OPERATIONS)
        if any(word in operation.path for word in about)
    }
    assert {call for call in calls if call[0] != "GET"} == {
        ("POST", "/hostedpages/updatecard"),
        ("POST", "/hostedpages/updatepaymentmethod"),
    }


def test_cards_are_shown_masked_with_what_they_pay_and_when_they_end(world: RealZoho, by_card: Any) -> None:
    lena = world.client_of(by_card.customer_id)
    lena.get("/cards")
    assert f"•••• {by_card.card.last_four}" in lena.text and by_card.plan_label in lena.text
    assert "number" not in [str(field.get("name")) for field in lena.page.find_all("input")]
    lena.send(f"/subscriptions/{by_card.id}/card", status=200)
    lena.get("/cards")
    assert lena.page.find("a", string="Being replaced")
    Seeding(world.services).settings(world.org, shows_cards=False)
    lena.get("/cards", status=404)


@pytest.mark.parametrize(
    ("year", "month", "left"),
    [(2026, 11, 7), (2026, 12, 38), (2026, 10, -23), (2027, 1, 69), (None, None, None)],
)
def test_a_card_is_good_to_the_last_day_of_its_month(
    year: int | None, month: int | None, left: int | None
) -> None:
    card = Card(id="1", last_four="4242", expiry_year=year, expiry_month=month)
    assert days_left(card, dt.date(2026, 11, 23)) == left


@pytest.mark.parametrize("switch", ["may_replace_card", "shows_cards"])
def test_cards_behind_their_switch_are_as_they_are(world: RealZoho, by_card: Any, switch: str) -> None:
    lena = world.client_of(by_card.customer_id)
    lena.get(f"/subscriptions/{by_card.id}")
    token = str(lena.page.find("input", attrs={"name": "csrf_token"})["value"])
    Seeding(world.services).settings(world.org, **{switch: False})
    lena.get(f"/subscriptions/{by_card.id}")
    assert (by_card.card.last_four in lena.text) == (switch == "may_replace_card")
    assert not lena.page.find("form", action=f"/subscriptions/{by_card.id}/card")
    lena.post(f"/subscriptions/{by_card.id}/card", {"csrf_token": token}, status=404)
