"""Zoho Billing at connect: asked for only with the merchant's tick, found by Zoho's own list, and its absence
explained.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses
from flask import Flask

from cache.records.connections.connection import BillingUse, Connection
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.scopes import BILLING_SCOPES, BOOKS_SCOPES
from gateway.app import create_app
from tests.gateway.merchant_browser import MerchantBrowser
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services

STUDIO = "Harbour Light Studio"
STUDIO_ID = "600123101"
LANDING, ORGANISATIONS = "/merchant", "/merchant/organisations"


class Billing:
    """What Zoho Billing says of organisations; everything else goes through to the sandbox."""

    def __init__(self, zoho: responses.RequestsMock, origin: str) -> None:
        self._zoho, self._address = zoho, f"{origin}/billing/v1/organizations"
        self.lists({"organization_id": STUDIO_ID, "name": STUDIO})

    def lists(self, *organizations: dict[str, Any]) -> None:
        self.answers({"code": 0, "message": "success", "organizations": list(organizations)})

    def answers(self, body: dict[str, Any] | str, status: int = 200) -> None:
        self._zoho.remove(responses.GET, self._address)
        text = body if isinstance(body, str) else json.dumps(body)
        self._zoho.get(self._address, body=text, status=status, content_type="application/json")

    @property
    def calls(self) -> list[Any]:
        return [call for call in self._zoho.calls if str(call.request.url).startswith(self._address)]


@pytest.fixture
def billing(sandbox: SandboxServer) -> Iterator[Billing]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as zoho:
        zoho.add_passthru("http://127.0.0.1")
        yield Billing(zoho, sandbox.origin("us"))


@pytest.fixture
def ada(app: Flask, billing: Billing) -> MerchantBrowser:
    return MerchantBrowser(app)


def billing_of(services: Services, org: str) -> tuple[BillingUse, str]:
    connection = services.connections.get(org)
    assert connection is not None
    return connection.billing, connection.billing_organization_id


def connected(browser: MerchantBrowser, *, ticks_billing: bool) -> str:
    browser.connect(ticks_billing=ticks_billing)
    return browser.choose(STUDIO)


def test_facts_1_6_without_the_tick_billing_is_neither_asked_for_nor_called(
    ada: MerchantBrowser, services: Services, billing: Billing
) -> None:
    org = connected(ada, ticks_billing=False)
    assert set(ada.asked) == set(BOOKS_SCOPES)
    assert billing_of(services, org) == (BillingUse.UNUSED, "")
    assert billing.calls == []
    ada.follow()
    assert "Switched off" not in ada.text
    assert "recurring invoices stand in for subscriptions" in ada.text


def test_facts_8_with_the_tick_billings_own_organisation_is_found_and_kept(
    ada: MerchantBrowser, services: Services, billing: Billing
) -> None:
    org = connected(ada, ticks_billing=True)
    assert {scope for scopes in BILLING_SCOPES.values() for scope in scopes} <= set(ada.asked)
    assert billing_of(services, org) == (BillingUse.FOUND, STUDIO_ID)
    assert services.zoho.billing(org).org == org
    assert "organizationid" not in str(billing.calls[0].request.headers).lower(), (
        "no organisation is known yet"
    )
    ada.follow()
    assert "Zoho Billing too" in ada.text
    assert "Switched off" not in ada.text


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ([{"organization_id": "77", "name": STUDIO}], "77"),
        ([{"organization_id": "77", "name": " harbour  light STUDIO"}], "77"),
        (
            [
                {"organization_id": "77", "name": STUDIO},
                {"organization_id": STUDIO_ID, "name": "Other words"},
            ],
            STUDIO_ID,
        ),
        ([{"organization_id": "77", "name": STUDIO}, {"organization_id": "78", "name": STUDIO}], ""),
        ([{"organization_id": "77", "name": "Somebody else's shop"}], ""),
        ([{"organization_id": STUDIO_ID, "name": STUDIO, "is_org_active": False}], ""),
        ([], ""),
    ],
)
def test_facts_8_only_the_same_id_or_the_one_same_name_is_taken_for_this_organisation(
    ada: MerchantBrowser, services: Services, billing: Billing, listed: list[dict[str, Any]], found: str
) -> None:
    billing.lists(*listed)
    org = connected(ada, ticks_billing=True)
    assert billing_of(services, org) == (BillingUse.FOUND if found else BillingUse.NOT_FOUND, found)
    ada.follow()
    assert ("lists no organisation in Zoho Billing that is this one" in ada.text) is not found
    assert services.connections.refresh_token(org), "Books is connected all the same"


@pytest.mark.parametrize(
    ("body", "status", "use", "expected"),
    [
        (
            {"code": 57, "message": "You are not authorized."},
            401,
            BillingUse.NOT_ALLOWED,
            "does not let this connection look into",
        ),
        (
            {"code": 6018, "message": "Not your role."},
            400,
            BillingUse.NOT_ALLOWED,
            "does not let this connection look into",
        ),
        (
            {"code": 14, "message": "Invalid value"},
            401,
            BillingUse.NOT_ALLOWED,
            "does not let this connection look into",
        ),
        (
            {"code": 6041, "message": "not associated"},
            400,
            BillingUse.NOT_ALLOWED,
            "does not let this connection look into",
        ),
        (
            {"code": 5, "message": "Invalid URL"},
            404,
            BillingUse.NOT_FOUND,
            "lists no organisation in Zoho Billing",
        ),
        (
            {"code": 9, "message": "no Billing here"},
            400,
            BillingUse.NOT_FOUND,
            "lists no organisation in Zoho Billing",
        ),
        ("<html>gateway</html>", 502, BillingUse.NOT_ANSWERED, "could not be asked"),
        (
            {"code": 0, "message": "success", "organizations": "none"},
            200,
            BillingUse.NOT_ANSWERED,
            "could not be asked",
        ),
    ],
)
def test_facts_10_21_whatever_billing_answers_books_is_connected_and_the_merchant_reads_why(
    ada: MerchantBrowser,
    services: Services,
    billing: Billing,
    body: Any,
    status: int,
    use: BillingUse,
    expected: str,
) -> None:
    billing.answers(body, status)
    org = connected(ada, ticks_billing=True)
    assert billing_of(services, org) == (use, "")
    ada.follow()
    assert "Connected" in ada.text or "Connected since" in ada.text
    assert "Switched off: everything that comes from Zoho Billing." in ada.text
    assert expected in ada.text
    connection = services.connections.get(org)
    assert connection is not None
    assert connection.state == "connected"


def test_reconnecting_keeps_billing_and_asks_for_it_again(
    ada: MerchantBrowser, services: Services, billing: Billing
) -> None:
    org = connected(ada, ticks_billing=True)
    ada.follow()
    services.connections.mark(org, services.connections.get(org).state, why="")  # type: ignore[union-attr]
    ada.post(f"/merchant/{org}/reconnect", {"csrf_token": csrf(ada)})
    billing.answers("<html>busy</html>", 502)
    ada.agree()
    assert {scope for scopes in BILLING_SCOPES.values() for scope in scopes} <= set(ada.asked)
    assert billing_of(services, org) == (BillingUse.FOUND, STUDIO_ID), (
        "what was found stays while Billing cannot be asked"
    )


def test_signing_in_again_without_the_tick_takes_nothing_away(
    app: Flask, ada: MerchantBrowser, services: Services, billing: Billing, sandbox: SandboxServer
) -> None:
    """The sign-in's grant covers Books only: the connection goes on with its own, and the other does not pile
    up in Zoho (zoho.md 1.3).
    """
    org = connected(ada, ticks_billing=True)
    before, token = services.connections.get(org), services.connections.refresh_token(org)
    later = MerchantBrowser(app)
    later.connect()
    assert later.answer.headers["Location"] == LANDING
    later.follow()
    assert STUDIO in later.text
    assert (services.connections.get(org), services.connections.refresh_token(org)) == (before, token)
    assert [call for call in sandbox.calls() if "revoke" in call["path"]], (
        "the grant of the sign-in was left in Zoho"
    )
    assert services.zoho.books(org).estimates.list_page(1, 1).rows


def test_choosing_again_without_the_tick_takes_nothing_away(ada: MerchantBrowser, services: Services) -> None:
    org = connected(ada, ticks_billing=True)
    token = services.connections.refresh_token(org)
    ada.connect()
    assert ada.answer.headers["Location"] == ORGANISATIONS, "who is signed in wants to connect one more"
    assert ada.choose(STUDIO) == org
    assert services.connections.refresh_token(org) == token
    assert billing_of(services, org) == (BillingUse.FOUND, STUDIO_ID)


def test_a_merchant_of_books_only_signs_in_with_the_new_grant_as_ever(
    app: Flask, ada: MerchantBrowser, services: Services
) -> None:
    org = connected(ada, ticks_billing=False)
    token = services.connections.refresh_token(org)
    MerchantBrowser(app).connect()
    assert services.connections.refresh_token(org) != token


def test_billing_can_be_added_later_and_left_again(ada: MerchantBrowser, services: Services) -> None:
    org = connected(ada, ticks_billing=False)
    ada.follow()
    ada.send(f"/merchant/{org}/billing", {"uses_billing": "true"})
    ada.agree()
    assert billing_of(services, org) == (BillingUse.FOUND, STUDIO_ID)
    ada.follow()
    ada.send(f"/merchant/{org}/billing")
    assert billing_of(services, org) == (BillingUse.UNUSED, "")
    ada.follow()
    assert "Switched off" not in ada.text


def test_who_has_the_scopes_looks_again_without_another_consent(
    ada: MerchantBrowser, services: Services, billing: Billing
) -> None:
    billing.answers("<html>busy</html>", 503)
    org = connected(ada, ticks_billing=True)
    billing.lists({"organization_id": STUDIO_ID, "name": STUDIO})
    ada.follow()
    ada.post(f"/merchant/{org}/billing", {"csrf_token": csrf(ada), "uses_billing": "true"})
    assert ada.answer.headers["Location"] == f"/merchant/{org}/"
    assert billing_of(services, org) == (BillingUse.FOUND, STUDIO_ID)


def test_where_zoho_has_no_billing_its_scopes_are_not_asked_for_and_the_merchant_reads_so(
    settings: Settings, stores: Stores, billing: Billing
) -> None:
    centres = {
        code: dataclasses.replace(item, has_billing=False) for code, item in settings.data_centres.items()
    }
    app = create_app(dataclasses.replace(settings, data_centres=centres))
    ada = MerchantBrowser(app)
    connected(ada, ticks_billing=True)
    assert set(ada.asked) == set(BOOKS_SCOPES)
    assert billing.calls == []
    ada.follow()
    assert "Zoho Billing does not exist in the data centre of this organisation." in ada.text


def test_who_does_not_agree_is_told_that_the_tick_may_be_the_reason(ada: MerchantBrowser) -> None:
    ada.connect(ticks_billing=True, decision="deny", status=400)
    assert "connect again without the tick" in ada.text
    ada.connect(decision="deny", status=400)
    assert "tick" not in ada.text


def test_a_refused_scope_is_read_on_the_overview_until_zoho_allows_it_again(
    ada: MerchantBrowser, services: Services, sandbox: SandboxServer
) -> None:
    org = connected(ada, ticks_billing=False)
    sandbox.fault(
        "status",
        path="/books/v3/customerpayments",
        status=401,
        code=57,
        message="Vous n'êtes pas autorisé.",
        times=2,
    )
    with pytest.raises(Exception, match="autorisé"):
        services.zoho.books(org).customer_payments.list_page(1, 1)
    ada.follow()
    assert (
        "Switched off: payments made. Zoho refuses it although you agreed; it said: Vous n'êtes pas autorisé."
        in ada.text
    )
    assert services.zoho.books(org).customer_payments.list_page(1, 1).rows
    ada.get(f"/merchant/{org}/")
    assert "Switched off" not in ada.text


def csrf(browser: MerchantBrowser) -> str:
    return str(browser.page.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]


def test_a_connection_saved_before_billing_was_known_reads_as_unused(
    ada: MerchantBrowser, services: Services, stores: Stores
) -> None:
    org = connected(ada, ticks_billing=False)
    stores.records.hdel(f"o:{{{org}}}:connection", "billing")
    found = services.connections.get(org)
    assert isinstance(found, Connection)
    assert found.billing is BillingUse.UNUSED


@pytest.mark.parametrize("other_id", ["", "7700012345"])
def test_facts_8_billing_is_found_and_read_whether_its_organisation_has_the_id_of_books_or_another(
    app: Flask, services: Services, sandbox: SandboxServer, other_id: str
) -> None:
    """Nothing is canned here: the sandbox's own Billing lists, and answers."""
    told = {"organization_id": STUDIO_ID, "billing_organization_id": other_id}
    requests.post(f"{sandbox.origin('us')}/_sandbox/settings", json=told, timeout=10).raise_for_status()
    org = connected(MerchantBrowser(app), ticks_billing=True)
    assert billing_of(services, org) == (BillingUse.FOUND, other_id or STUDIO_ID)
    assert services.zoho.billing(org).subscriptions.list_page().rows
