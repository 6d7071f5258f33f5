"""Every switch of the merchant's, on both sides: the page, the route behind it and the recording of an order
go together.
"""

from __future__ import annotations

import ast
import dataclasses
import itertools
import secrets
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from cache.records.client_roles import ALL_ROLES, Role
from cache.records.open_payment import OpenPayment, as_shown
from cache.records.order import Order, OrderKind, OrderState
from cache.records.portal_settings import ROLE_OF, SWITCHES_OF, PortalSettings
from cache.scope import CustomerScope
from gateway.merchant.portal_switches import TITLES
from gateway.modules import is_there as module_is_there
from gateway.orders.recording import record_order
from gateway.visits import ClientVisit
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import ORG, Seeding
from tests.gateway.switch_table import (
    ALL_ROWS,
    BESIDE_THE_SETTINGS,
    CHOICES,
    DOCUMENTS,
    PAGES,
    SHOWN_IN,
    WALLS,
    Choice,
    ShownIn,
    Wall,
)

TESTS = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def documents(seed: Seeding) -> None:
    seed.has(*DOCUMENTS, a_customer())


def is_there(browser: Browser, page: str, mark: str) -> bool:
    found = browser.get(page)
    return bool(found.select_one(mark)) if any(one in mark for one in "[=") else mark in browser.text


def test_every_field_of_the_settings_is_in_the_table_and_nothing_else() -> None:
    fields, rows = {one.name for one in dataclasses.fields(PortalSettings)}, {one.switch for one in ALL_ROWS}
    assert fields - rows == set(), "what does it change, and what shows that?"
    assert rows - fields == BESIDE_THE_SETTINGS


def test_every_switch_can_be_found_by_the_merchant_and_is_named_in_the_activity() -> None:
    assert {one.name for one in dataclasses.fields(PortalSettings)} == TITLES.keys()


@pytest.mark.parametrize("row", SHOWN_IN, ids=lambda row: f"{row.switch} in {row.test or row.file}")
def test_what_is_shown_elsewhere_is_shown_there(app: Flask, row: ShownIn) -> None:
    path = TESTS / row.file
    if not row.test and not path.exists():
        assert not [rule.rule for rule in app.url_map.iter_rules() if "share" in rule.endpoint], (
            f"{row.file} is missing"
        )
        return
    named = {
        one.name for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.FunctionDef)
    }
    assert not row.test or row.test in named


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: f"{wall.switch} at {wall.page} {wall.mark}")
def test_a_switch_takes_the_button_and_the_way_behind_it(
    app: Flask, nora: Browser, seed: Seeding, wall: Wall
) -> None:
    seed.settings(**{wall.switch: True})
    assert is_there(nora, wall.page, wall.mark)
    for method, path in wall.routes:
        app.url_map.bind("").match(path, method=method)
    nora.get("/contact")
    token = str(nora.page.select_one("input[name=csrf_token]")["value"])
    seed.settings(**{wall.switch: False})
    assert not is_there(nora, wall.page, wall.mark)
    _assert_closed(nora, wall, token)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.switch)
def test_a_choice_of_the_merchants_shows(nora: Browser, seed: Seeding, choice: Choice) -> None:
    assert not is_there(nora, choice.page, choice.mark)
    seed.settings(**{choice.switch: choice.value})
    assert is_there(nora, choice.page, choice.mark)


SWITCHES = sorted(
    {one.name for one in dataclasses.fields(PortalSettings) if one.name.startswith(("shows_", "may_"))}
)


def test_with_a_switch_off_no_link_leads_to_what_is_gone(
    app: Flask, nora: Browser, seed: Seeding, wiring: Wiring
) -> None:
    """Also from receipts of what was asked for while it was on."""
    seed.settings(may_apply_credit=True)
    receipts = []
    with app.test_request_context():
        for n, (kind, state) in enumerate(
            itertools.product(OrderKind, (OrderState.REFUSED, OrderState.HANDED_OVER))
        ):
            receipts.append(
                (kind, f"/requests/{ask(visit_of(wiring), kind, document_id=f'7{n}', state=state).id}")
            )
    usual = wiring.portal_settings.get(ORG)
    for switch in SWITCHES:
        wiring.portal_settings.save(ORG, settings := dataclasses.replace(usual, **{switch: False}))
        closed = {
            _behind(app, path, method)
            for wall in WALLS
            if wall.switch == switch
            for method, path in wall.routes
        }
        for page in (*PAGES, *(path for kind, path in receipts if switch in SWITCHES_OF[kind])):
            leads = {one: _behind(app, one) for one in nora.leads_from(page)}
            gone = {
                one
                for one, endpoint in leads.items()
                if endpoint in closed or not module_is_there(settings, endpoint)
            }
            assert gone == set(), f"without {switch}, {page} leads to what is gone"


def _behind(app: Flask, address: str, method: str = "") -> str:
    """The endpoint of an address."""
    path, urls = address.partition("?")[0], app.url_map.bind("")
    return str(urls.match(path, method=method or sorted(urls.allowed_methods(path))[0])[0])


@pytest.mark.parametrize(
    "wall", [one for one in WALLS if one.role], ids=lambda wall: f"{wall.role} at {wall.page}"
)
def test_a_role_that_a_person_lacks_is_the_same_wall_for_them_alone(
    nora: Browser, seed: Seeding, wiring: Wiring, wall: Wall
) -> None:
    account = wiring.accounts.by_person(ORG, PERSON)
    assert account is not None
    seed.settings(**{wall.switch: True})
    assert is_there(nora, wall.page, wall.mark)
    token = str(nora.page.select_one("input[name=csrf_token]")["value"])
    wiring.accounts.save(dataclasses.replace(account, roles=ALL_ROLES - {Role(wall.role)}))
    assert not is_there(nora, wall.page, wall.mark)
    _assert_closed(nora, wall, token)


def _assert_closed(browser: Browser, wall: Wall, token: str) -> None:
    for method, path in wall.routes:
        if method == "GET":
            browser.get(path, status=404)
        else:
            browser.post(path, {"csrf_token": token, "form_key": secrets.token_urlsafe(18)}, status=404)


def visit_of(wiring: Wiring, **roles: frozenset[Role]) -> ClientVisit:
    account, connection = wiring.accounts.by_person(ORG, PERSON), wiring.connections.get(ORG)
    assert account is not None and connection is not None
    _, session = wiring.sessions.start("client", account.id, ORG)
    return ClientVisit(
        account=dataclasses.replace(account, **roles),
        scope=CustomerScope(ORG, CUSTOMER),
        session=session,
        connection=connection,
        settings=wiring.portal_settings.get(ORG),
    )


def ask(
    visit: ClientVisit, kind: OrderKind, *, document_id: str = "7", state: OrderState = OrderState.RECORDED
) -> Order:
    shown = {OrderKind.PAY_INVOICE: as_shown(OpenPayment("", Decimal(0), (), "P-2222-2222"))}.get(kind, {})
    return record_order(
        visit,
        form_key=secrets.token_urlsafe(18),
        words="Asked.",
        kind=kind,
        document_id=document_id,
        document_number="7",
        seen_total=Decimal(0),
        shown=shown,
        state=state,
    )


@pytest.mark.parametrize("kind", list(OrderKind))
def test_no_order_is_recorded_past_a_switch_or_a_role_whatever_view_asks(
    app: Flask, seed: Seeding, wiring: Wiring, kind: OrderKind
) -> None:
    on = dict.fromkeys(SWITCHES_OF[kind], True)
    seed.settings(**on)
    with app.test_request_context():
        ask(visit_of(wiring), kind)
        assert len(wiring.orders.of_org(ORG, 9)) == 1
        for switch in SWITCHES_OF[kind]:
            seed.settings(**{**on, switch: False})
            with pytest.raises(NotFound):
                ask(visit_of(wiring), kind)
        seed.settings(**on)
        if ROLE_OF[kind] is not Role.SEE:
            with pytest.raises(NotFound):
                ask(visit_of(wiring, roles=ALL_ROLES - {ROLE_OF[kind]}), kind)
    assert len(wiring.orders.of_org(ORG, 9)) == 1


@pytest.mark.parametrize("kind", list(OrderKind))
def test_what_was_recorded_before_the_switch_went_off_goes_its_way(
    app: Flask, nora: Browser, seed: Seeding, wiring: Wiring, kind: OrderKind
) -> None:
    """The receipt stays, the worker's turn stays, and the client may still think better of it
    (docs/decisions/0011).
    """
    seed.settings(**dict.fromkeys(SWITCHES_OF[kind], True))
    with app.test_request_context():
        order = ask(visit_of(wiring), kind)
    seed.settings(**dict.fromkeys(SWITCHES_OF[kind], False))
    assert wiring.orders.get(ORG, order.id) == order and order.next_at is not None
    nora.get(f"/requests/{order.id}")
    nora.send(f"/requests/{order.id}/withdraw")
    withdrawn = wiring.orders.get(ORG, order.id)
    assert withdrawn is not None and withdrawn.state is OrderState.WITHDRAWN
