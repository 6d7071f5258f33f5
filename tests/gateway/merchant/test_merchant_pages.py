"""The merchant's settings, clients and letters, as their pages and as the walls behind them."""

from __future__ import annotations

import dataclasses

import pytest

from cache.records.accounts.accounts import AccountState
from cache.records.portal.portal_settings import PortalSettings
from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.merchant.settings.portal_switches import SWITCHES
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO
from tests.servers.sandbox_server import SandboxServer
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services


def as_it_stands(ada: MerchantBrowser) -> dict[str, str]:
    """The settings form as it stands, field by field."""
    form = ada.form(ada.page.select_one("main form")["action"])
    boxes = {str(field["name"]): "true" for field in form.select("input[type=checkbox][checked]")}
    typed = {
        str(field["name"]): str(field.get("value", ""))
        for field in form.select("input:not([type=checkbox]):not([type=hidden])")
    }
    texts = {str(element["name"]): element.get_text().strip() for element in form.select("textarea")}
    chosen = {
        str(element["name"]): str(element.select_one("option[selected]")["value"])
        for element in form.select("select")
    }
    return boxes | typed | texts | chosen


def test_every_switch_is_kept_both_ways_alone_and_told_in_the_activity(
    ada: MerchantBrowser, org: str, services: Services
) -> None:
    page = f"/merchant/{org}/settings"
    for switch in SWITCHES:
        for wanted in (True, False, getattr(PortalSettings(), switch.name)):
            before = services.portal_settings.get(org)
            ada.get(page)
            form = {name: expected for name, expected in as_it_stands(ada).items() if name != switch.name}
            ada.send(page, form | ({switch.name: "true"} if wanted else {}))
            assert services.portal_settings.get(org) == dataclasses.replace(before, **{switch.name: wanted})
            if getattr(before, switch.name) is not wanted:
                told = services.activity.recent(org, 1)[0]
                assert told.event == "settings_saved" and told.fields[switch.title] == (
                    "on" if wanted else "off"
                )


def test_saving_what_stands_already_tells_nothing(ada: MerchantBrowser, org: str, services: Services) -> None:
    ada.get(f"/merchant/{org}/settings")
    before = services.activity.recent(org, 1)
    ada.send(f"/merchant/{org}/settings", as_it_stands(ada))
    assert (
        services.activity.recent(org, 1) == before and services.portal_settings.get(org) == PortalSettings()
    )


def test_edits_are_decided_field_by_field(ada: MerchantBrowser, org: str, services: Services) -> None:
    page = f"/merchant/{org}/settings"
    ada.get(page)
    ada.send(page, as_it_stands(ada) | {"rule_phone": "ask", "rule_company_name": "locked"})
    settings = services.portal_settings.get(org)
    assert (settings.asks_before_edit, settings.locks_edit) == (("phone",), ("company_name",))
    ada.get(page)
    assert as_it_stands(ada)["rule_phone"] == "ask"


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("bank_details", "x" * 1001, "at most 1000 characters"),
        ("unique_payment_field", "receipt", "begin with cf_"),
        ("fresh_minutes", "0", "between 1 and 1440"),
        ("fresh_minutes", "soon", "whole number"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    ada: MerchantBrowser, org: str, services: Services, field: str, text: str, expected: str
) -> None:
    page = f"/merchant/{org}/settings"
    before = services.portal_settings.get(org)
    ada.get(page)
    ada.send(page, {**as_it_stands(ada), field: text, "rule_phone": "ask"}, status=422)
    assert expected in ada.page.find(id=f"{field}-error").get_text()
    assert as_it_stands(ada)[field] == text and as_it_stands(ada)["rule_phone"] == "ask"
    assert services.portal_settings.get(org) == before


def test_clients_are_invited_found_and_revoked(
    ada: MerchantBrowser, org: str, services: Services, settings: Settings
) -> None:
    worker_services = build_services(settings)
    for _ in range(3):
        pull_organisation(org, worker_services)
    page = f"/merchant/{org}/clients"
    ada.get(f"{page}?q=lena@brightwater.example")
    assert "Lena Hartmann" in ada.text and "Not invited" in ada.text
    ada.send(f"{page}/invite")
    account = services.accounts.by_email("lena@brightwater.example")[0]
    assert account.state is AccountState.INVITED
    assert [email.to for email in services.emails.recent(org)] == ["lena@brightwater.example"]
    ada.get(f"{page}?state=invited")
    assert "Lena Hartmann" in ada.text
    ada.send(f"{page}/revoke")
    assert services.accounts.by_email("lena@brightwater.example")[0].state is AccountState.REVOKED
    ada.get(f"{page}?q=nobody+of+this+name")
    assert "Nobody matches" in ada.text


def test_letters_are_shown_where_they_are_only_kept(ada: MerchantBrowser, org: str) -> None:
    ada.get(f"/merchant/{org}/mails")
    assert "No letters yet" in ada.text


def test_what_is_really_sent_is_not_to_be_read_here(
    settings: Settings, stores: Stores, sandbox: SandboxServer
) -> None:
    ada = MerchantBrowser(create_app(dataclasses.replace(settings, mail_delivery="smtp")))
    ada.connect()
    page = f"/merchant/{ada.choose(STUDIO)}/mails"
    ada.get(page)
    assert "What a letter says is not kept" in ada.text
