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

from cache.records.accounts.client_roles import ALL_ROLES, Role
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.open_payment import OpenPayment
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.payload import NO_PAYLOAD
from cache.records.portal.portal_settings import PortalSettings
from cache.scope import CustomerScope
from gateway.merchant.settings.portal_switches import TITLES
from gateway.requests.recording import NewOrder, record_order
from gateway.web.modules import page_is_enabled
from gateway.web.visits import ClientVisit
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import ORG, Seeding
from tests.gateway.switch_table import (
    ALL_ROWS,
    CHOICES,
    DOCUMENTS,
    OUTSIDE_THE_SETTINGS,
    PAGES,
    SHOWN_IN,
    SWITCH_EFFECTS,
    Choice,
    ShownIn,
    SwitchEffect,
)
from workers.services import Services

TESTS = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def documents(seed: Seeding) -> None:
    seed.has(*DOCUMENTS, a_customer())


def is_there(browser: Browser, page: str, mark: str) -> bool:
    found = browser.get(page)
    return bool(found.select_one(mark)) if any(item in mark for item in "[=") else mark in browser.text


def test_every_field_of_the_settings_is_in_the_table_and_nothing_else() -> None:
    fields, rows = (
        {field.name for field in dataclasses.fields(PortalSettings)},
        {row.switch for row in ALL_ROWS},
    )
    assert fields - rows == set(), "what does it change, and what shows that?"
    assert rows - fields == OUTSIDE_THE_SETTINGS


def test_every_switch_can_be_found_by_the_merchant_and_is_named_in_the_activity() -> None:
    assert {field.name for field in dataclasses.fields(PortalSettings)} == TITLES.keys()


@pytest.mark.parametrize("row", SHOWN_IN, ids=lambda row: f"{row.switch} in {row.test or row.file}")
def test_what_is_shown_elsewhere_is_shown_there(app: Flask, row: ShownIn) -> None:
    path = TESTS / row.file
    if not row.test and not path.exists():
        assert not [rule.rule for rule in app.url_map.iter_rules() if "share" in rule.endpoint], (
            f"{row.file} is missing"
        )
        return
    named = {
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert not row.test or row.test in named


@pytest.mark.parametrize(
    "effect", SWITCH_EFFECTS, ids=lambda effect: f"{effect.switch} at {effect.page} {effect.mark}"
)
def test_a_switch_takes_the_button_and_the_way_behind_it(
    app: Flask, nora: Browser, seed: Seeding, effect: SwitchEffect
) -> None:
    seed.settings(**{effect.switch: True})
    assert is_there(nora, effect.page, effect.mark)
    for method, path in effect.routes:
        app.url_map.bind("").match(path, method=method)
    nora.get("/contact")
    token = str(nora.page.select_one("input[name=csrf_token]")["value"])
    seed.settings(**{effect.switch: False})
    assert not is_there(nora, effect.page, effect.mark)
    _assert_closed(nora, effect, token)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.switch)
def test_a_choice_of_the_merchants_shows(nora: Browser, seed: Seeding, choice: Choice) -> None:
    assert not is_there(nora, choice.page, choice.mark)
    seed.settings(**{choice.switch: choice.value})
    assert is_there(nora, choice.page, choice.mark)


SWITCHES = sorted(
    {field.name for field in dataclasses.fields(PortalSettings) if field.name.startswith(("shows_", "may_"))}
)


def test_with_a_switch_off_no_link_leads_to_what_is_gone(
    app: Flask, nora: Browser, seed: Seeding, services: Services
) -> None:
    """Also from receipts of what was asked for while it was on."""
    seed.settings(may_apply_credit=True)
    receipts = []
    with app.test_request_context():
        for n, (kind, state) in enumerate(
            itertools.product(OrderKind, (OrderState.REFUSED, OrderState.AT_CHECKOUT))
        ):
            receipts.append(
                (kind, f"/requests/{ask(visit_of(services), kind, document_id=f'7{n}', state=state).id}")
            )
    usual = services.portal_settings.get(ORG)
    for switch in SWITCHES:
        services.portal_settings.save(ORG, settings := dataclasses.replace(usual, **{switch: False}))
        closed = {
            _behind(app, path, method)
            for effect in SWITCH_EFFECTS
            if effect.switch == switch
            for method, path in effect.routes
        }
        for page in (*PAGES, *(path for kind, path in receipts if switch in ORDER_KINDS[kind].switches)):
            leads = {lead: _behind(app, lead) for lead in nora.leads_from(page)}
            gone = {
                item
                for item, endpoint in leads.items()
                if endpoint in closed or not page_is_enabled(settings, endpoint)
            }
            assert gone == set(), f"without {switch}, {page} leads to what is gone"


def _behind(app: Flask, address: str, method: str = "") -> str:
    """The endpoint of an address."""
    path, urls = address.partition("?")[0], app.url_map.bind("")
    return str(urls.match(path, method=method or sorted(urls.allowed_methods(path))[0])[0])


@pytest.mark.parametrize(
    "effect",
    [item for item in SWITCH_EFFECTS if item.role],
    ids=lambda effect: f"{effect.role} at {effect.page}",
)
def test_a_role_that_a_person_lacks_is_the_same_wall_for_them_alone(
    nora: Browser, seed: Seeding, services: Services, effect: SwitchEffect
) -> None:
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None
    seed.settings(**{effect.switch: True})
    assert is_there(nora, effect.page, effect.mark)
    token = str(nora.page.select_one("input[name=csrf_token]")["value"])
    services.accounts.save(dataclasses.replace(account, roles=ALL_ROLES - {Role(effect.role)}))
    assert not is_there(nora, effect.page, effect.mark)
    _assert_closed(nora, effect, token)


def _assert_closed(browser: Browser, effect: SwitchEffect, token: str) -> None:
    for method, path in effect.routes:
        if method == "GET":
            browser.get(path, status=404)
        else:
            browser.post(path, {"csrf_token": token, "form_key": secrets.token_urlsafe(18)}, status=404)


def visit_of(services: Services, **roles: frozenset[Role]) -> ClientVisit:
    account, connection = services.accounts.by_person(ORG, PERSON), services.connections.get(ORG)
    assert account is not None and connection is not None
    _, session = services.sessions.start("client", account.id, ORG)
    return ClientVisit(
        account=dataclasses.replace(account, **roles),
        scope=CustomerScope(ORG, CUSTOMER),
        session=session,
        connection=connection,
        settings=services.portal_settings.get(ORG),
    )


def ask(
    visit: ClientVisit, kind: OrderKind, *, document_id: str = "7", state: OrderState = OrderState.RECORDED
) -> Order:
    payload = {OrderKind.PAY_INVOICE: OpenPayment("", Decimal(0), (), "P-2222-2222")}.get(kind, NO_PAYLOAD)
    return record_order(
        visit,
        NewOrder(
            message="Asked.",
            kind=kind,
            document_id=document_id,
            document_number="7",
            seen_total=Decimal(0),
            payload=payload,
            state=state,
        ),
        form_key=secrets.token_urlsafe(18),
    )


@pytest.mark.parametrize("kind", list(OrderKind))
def test_no_order_is_recorded_past_a_switch_or_a_role_whatever_view_asks(
    app: Flask, seed: Seeding, services: Services, kind: OrderKind
) -> None:
    on = dict.fromkeys(ORDER_KINDS[kind].switches, True)
    seed.settings(**on)
    with app.test_request_context():
        ask(visit_of(services), kind)
        assert len(services.orders.of_org(ORG, 9)) == 1
        for switch in ORDER_KINDS[kind].switches:
            seed.settings(**{**on, switch: False})
            with pytest.raises(NotFound):
                ask(visit_of(services), kind)
        seed.settings(**on)
        if ORDER_KINDS[kind].role is not Role.SEE:
            with pytest.raises(NotFound):
                ask(visit_of(services, roles=ALL_ROLES - {ORDER_KINDS[kind].role}), kind)
    assert len(services.orders.of_org(ORG, 9)) == 1


@pytest.mark.parametrize("kind", list(OrderKind))
def test_what_was_recorded_before_the_switch_went_off_goes_its_way(
    app: Flask, nora: Browser, seed: Seeding, services: Services, kind: OrderKind
) -> None:
    """The receipt stays, the worker's turn stays, and the client may still think better of it
    (docs/decisions/0011).
    """
    seed.settings(**dict.fromkeys(ORDER_KINDS[kind].switches, True))
    with app.test_request_context():
        order = ask(visit_of(services), kind)
    seed.settings(**dict.fromkeys(ORDER_KINDS[kind].switches, False))
    assert services.orders.get(ORG, order.id) == order and order.next_at is not None
    nora.get(f"/requests/{order.id}")
    nora.send(f"/requests/{order.id}/withdraw")
    withdrawn = services.orders.get(ORG, order.id)
    assert withdrawn is not None and withdrawn.state is OrderState.WITHDRAWN
