"""Every customer of the sandbox: what the statement adds up is what the sandbox's own books say."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from cache.scope import CustomerScope
from gateway.documents.statement.forms import StatementRange
from gateway.documents.statement.reader import read_statement
from gateway.web.access import ClientVisit
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import Seeding
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services

NOT_OWED = ("draft", "void")
Balances = dict[str, dict[str, Decimal]]
EVER = StatementRange(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@pytest.fixture
def world(app: Flask, services: Services, sandbox: SandboxServer) -> RealZoho:
    """The lists of the studio as a sync has read them."""
    ada = MerchantBrowser(app)
    ada.connect(ticks_billing=True)
    world = RealZoho(app, services, sandbox, ada.choose(STUDIO))
    seed = Seeding(services)
    for resource in (
        world.books.invoices,
        world.books.credit_notes,
        world.books.customer_payments,
        world.books.contacts,
    ):
        seed.has(*_rows(resource), org=world.org, only_rows=True)
    seed.synced(world.org)
    return world


def _rows(resource: Any) -> Iterator[Any]:
    page = 1
    while True:
        found = resource.list_page(page=page)
        yield from found.rows
        if not found.has_more:
            return
        page += 1


def owed_in_zoho(truth: dict[str, dict[str, Any]]) -> Balances:
    """Customer → currency → what is owed less what is left of credits, by the sandbox's own details."""
    balances: Balances = defaultdict(lambda: defaultdict(Decimal))
    for invoice in truth["invoices"].values():
        if invoice["status"] not in NOT_OWED:
            balances[invoice["customer_id"]][invoice["currency_code"]] += Decimal(str(invoice["balance"]))
    for note in truth["credit_notes"].values():
        if note["status"] not in NOT_OWED:
            balances[note["customer_id"]][note["currency_code"]] -= Decimal(str(note["balance"]))
    for payment in truth["payments"].values():
        balances[payment["customer_id"]][payment["currency_code"]] -= Decimal(str(payment["unused_amount"]))
    return balances


def test_the_statement_of_every_customer_comes_to_what_the_sandbox_says(app: Flask, world: RealZoho) -> None:
    customers, truth = list(world.truth["contacts"]), owed_in_zoho(world.truth)
    world.client_of(customers[0])
    account = world.services.accounts.of_org(world.org)[0]
    connection = world.services.connections.get(world.org)
    assert connection is not None and len(customers) > 20
    compared, refunded = 0, 0
    for customer in customers:
        visit = ClientVisit(
            account=dataclasses.replace(account, customer_id=customer),
            scope=CustomerScope(world.org, customer),
            session=None,  # type: ignore[arg-type]
            connection=connection,
            settings=world.services.portal_settings.get(world.org),
        )
        with app.test_request_context():
            reading = read_statement(visit, EVER)
        assert not reading.missing
        for statement in reading.statements:
            assert statement.closing == truth[customer][statement.currency] == statement.summary.balance, (
                f"{customer} in {statement.currency}"
            )
            assert statement.summary.unexplained == 0
            refunded += sum(kind.kind == "refund" for kind in statement.within)
            compared += 1
    assert compared >= len(customers) - 1 and refunded > 0


def test_a_second_look_asks_zoho_nothing(world: RealZoho, sandbox: SandboxServer) -> None:
    closed = next(
        note
        for note in world.truth["credit_notes"].values()
        if note["status"] == "closed" and not note["invoices"]
    )
    browser = world.client_of(closed["customer_id"])
    browser.get("/statement?from=2020-01-01")
    assert "Refunds" in browser.text
    asked = len(sandbox.calls())
    browser.get("/statement?from=2021-01-01")
    assert len(sandbox.calls()) == asked
