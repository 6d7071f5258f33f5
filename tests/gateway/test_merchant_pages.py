"""The merchant's settings, clients and letters, as their pages and as the walls behind them."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from cache.records.accounts import AccountState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from gateway.app import create_app
from gateway.views.merchant_settings import SWITCHES
from gateway.wiring import Wiring
from servers.sandbox_server import SandboxServer
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO
from workers.job_setup import build_resources
from workers.pull.organisation import pull_organisation


@pytest.fixture
def ada(app: Flask, sandbox: SandboxServer) -> MerchantBrowser:
    browser = MerchantBrowser(app)
    browser.connect()
    return browser


@pytest.fixture
def org(ada: MerchantBrowser) -> str:
    return ada.choose(STUDIO)


def ticked(ada: MerchantBrowser) -> dict[str, str]:
    """The form as it stands, box by box."""
    boxes = {str(one["name"]): "true" for one in ada.page.select("input[type=checkbox][checked]")}
    return boxes | {name: ada.page.find(attrs={"name": name}).get("value", "") for name in ("unique_payment_field",)} | {"banner": ""}


@pytest.mark.parametrize("name", [name for name, _, _ in SWITCHES])
def test_every_switch_is_kept_both_ways(ada: MerchantBrowser, org: str, wiring: Wiring, name: str) -> None:
    page = f"/merchant/{org}/settings"
    ada.get(page)
    others = {one: words for one, words in ticked(ada).items() if one != name}
    for wanted in (True, False):
        ada.get(page)
        ada.send(page, others | ({name: "true"} if wanted else {}))
        settings = wiring.portal_settings.get(org)
        assert getattr(settings, name) is wanted
        assert {one for one, _, _ in SWITCHES if getattr(settings, one)} - {name} == set(others) - {"banner", "unique_payment_field"}


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("banner", "x" * 501, "at most 500 characters"), ("unique_payment_field", "receipt", "begin with cf_")],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    ada: MerchantBrowser, org: str, wiring: Wiring, field: str, text: str, words: str
) -> None:
    page = f"/merchant/{org}/settings"
    before = wiring.portal_settings.get(org)
    ada.get(page)
    ada.send(page, {**ticked(ada), field: text}, status=422)
    assert words in ada.page.find(id=f"{field}-error").get_text()
    typed = ada.page.find(id=field)
    assert text in (typed.get("value") or typed.get_text())
    assert wiring.portal_settings.get(org) == before


def test_clients_are_invited_found_and_revoked(ada: MerchantBrowser, org: str, wiring: Wiring, settings: Settings) -> None:
    desk = build_resources(settings)
    for _ in range(3):
        pull_organisation(org, desk)
    page = f"/merchant/{org}/clients"
    ada.get(f"{page}?q=lena@brightwater.example")
    assert "Lena Hartmann" in ada.text and "Not invited" in ada.text
    ada.send(f"{page}/invite")
    account = wiring.accounts.by_email("lena@brightwater.example")[0]
    assert account.state is AccountState.INVITED
    assert [letter.to for letter in wiring.letters.recent(org)] == ["lena@brightwater.example"]
    ada.get(f"{page}?state=invited")
    assert "Lena Hartmann" in ada.text
    ada.send(f"{page}/revoke")
    assert wiring.accounts.by_email("lena@brightwater.example")[0].state is AccountState.REVOKED
    ada.get(f"{page}?q=nobody+of+this+name")
    assert "Nobody matches" in ada.text


def test_letters_are_shown_where_they_are_only_kept(ada: MerchantBrowser, org: str) -> None:
    ada.get(f"/merchant/{org}/mails")
    assert "No letters yet" in ada.text


def test_letters_that_are_really_sent_are_shown_nowhere(
    settings: Settings, redis: RedisConnections, sandbox: SandboxServer
) -> None:
    app = create_app(dataclasses.replace(settings, mail_delivery="smtp"))
    ada = MerchantBrowser(app)
    ada.connect()
    org = ada.choose(STUDIO)
    ada.get(f"/merchant/{org}/mails", status=404)
    ada.get(f"/merchant/{org}/")
    assert not ada.page.find("a", href=f"/merchant/{org}/mails")
