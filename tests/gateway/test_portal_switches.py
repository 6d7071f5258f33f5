"""Every switch of the merchant's, on both sides: the page, the route behind it and the recording of an order go together."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from cache.records.client_roles import ALL_ROLES, Role
from cache.records.order import OrderKind
from cache.records.portal_settings import ROLE_OF, SWITCH_OF
from cache.scope import CustomerScope
from gateway.recording import record_order
from gateway.visits import ClientVisit
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer, an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding

ESTIMATE, INVOICE = an_estimate(terms="Payable in boats."), an_invoice(terms="Payable in boats.")
ONE_ESTIMATE, ONE_INVOICE = f"/estimates/{ESTIMATE.id}", f"/invoices/{INVOICE.id}"


@dataclass(frozen=True)
class Wall:
    """page: where it shows. mark: a CSS selector or words that are there only when it is on. routes: what answers 404 when it is off."""

    switch: str
    page: str
    mark: str
    routes: tuple[tuple[str, str], ...] = ()
    role: str = ""


def link(path: str) -> str:
    return f'a[href="{path}"]'


def form(path: str) -> str:
    return f'form[action="{path}"]'


def asked_and_sent(path: str) -> tuple[tuple[str, str], ...]:
    return (("GET", path), ("POST", path))


WALLS = (
    Wall("may_accept", ONE_ESTIMATE, link(f"{ONE_ESTIMATE}/accept"), asked_and_sent(f"{ONE_ESTIMATE}/accept"), "accept"),
    Wall("may_accept", "/estimates", link(f"{ONE_ESTIMATE}/accept"), role="accept"),
    Wall("may_decline", ONE_ESTIMATE, link(f"{ONE_ESTIMATE}/decline"), asked_and_sent(f"{ONE_ESTIMATE}/decline"), "accept"),
    Wall("may_comment", ONE_ESTIMATE, form(f"{ONE_ESTIMATE}/comments"), (("POST", f"{ONE_ESTIMATE}/comments"),)),
    Wall("may_comment", ONE_INVOICE, form(f"{ONE_INVOICE}/comments"), (("POST", f"{ONE_INVOICE}/comments"),)),
    Wall("may_edit_details", "/details", link("/details/edit"), asked_and_sent("/details/edit"), "manage"),
    Wall("may_edit_details", "/details", link("/details/company"), asked_and_sent("/details/company"), "manage"),
    Wall(
        "may_report_payment", ONE_INVOICE, link(f"{ONE_INVOICE}/paid-already"), asked_and_sent(f"{ONE_INVOICE}/paid-already"), "pay",
    ),
    Wall("asks_decline_reason", f"{ONE_ESTIMATE}/decline", "textarea[name=reason]"),
    Wall("shows_terms", ONE_ESTIMATE, "Payable in boats."),
    Wall("shows_terms", ONE_INVOICE, "Payable in boats."),
    Wall("shows_mail", "/contact", 'a[href="mailto:office@harbourlight.example"]'),
)  # fmt: skip


@pytest.fixture(autouse=True)
def documents(seed: Seeding) -> None:
    seed.has(ESTIMATE, INVOICE, a_customer())


def is_there(browser: Browser, page: str, mark: str) -> bool:
    found = browser.get(page)
    return bool(found.select_one(mark)) if any(one in mark for one in "[=") else mark in browser.text


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: f"{wall.switch} at {wall.page}")
def test_a_switch_takes_the_button_and_the_way_behind_it(nora: Browser, seed: Seeding, wall: Wall) -> None:
    seed.settings(**{wall.switch: True})
    assert is_there(nora, wall.page, wall.mark)
    token = str(nora.page.select_one("input[name=csrf_token]")["value"])
    seed.settings(**{wall.switch: False})
    assert not is_there(nora, wall.page, wall.mark)
    _assert_closed(nora, wall, token)


@pytest.mark.parametrize("wall", [one for one in WALLS if one.role], ids=lambda wall: f"{wall.role} at {wall.page}")
def test_a_role_that_a_person_lacks_is_the_same_wall_for_them_alone(nora: Browser, seed: Seeding, wiring: Wiring, wall: Wall) -> None:
    account = wiring.accounts.by_person(ORG, PERSON)
    assert account is not None
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
        account=dataclasses.replace(account, **roles), scope=CustomerScope(ORG, CUSTOMER), session=session, connection=connection,
        settings=wiring.portal_settings.get(ORG),
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(OrderKind))
@pytest.mark.parametrize("missing", ["switch", "role"])
def test_no_order_is_recorded_past_a_switch_or_a_role_whatever_view_asks(
    app: Flask, seed: Seeding, wiring: Wiring, kind: OrderKind, missing: str
) -> None:
    def ask(visit: ClientVisit) -> None:
        record_order(
            visit, form_key=secrets.token_urlsafe(18), words="Asked.", kind=kind, document_id="7", document_number="7",
            seen_total=Decimal(0),
        )  # fmt: skip

    seed.settings(**{SWITCH_OF[kind]: True})
    with app.test_request_context():
        ask(visit_of(wiring))
        assert len(wiring.orders.of_org(ORG, 9)) == 1
        if missing == "switch":
            seed.settings(**{SWITCH_OF[kind]: False})
            visit = visit_of(wiring)
        elif ROLE_OF[kind] is Role.SEE:
            return
        else:
            visit = visit_of(wiring, roles=ALL_ROLES - {ROLE_OF[kind]})
        with pytest.raises(NotFound):
            ask(visit)
    assert len(wiring.orders.of_org(ORG, 9)) == 1
