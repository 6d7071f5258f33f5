"""The organisation's activity: on a page, to take away, and still there after the connection was ended."""

from __future__ import annotations

import csv
import dataclasses
import io

from cache.records.connections.connection import ConnectionState
from tests.gateway.browser import Browser
from tests.gateway.merchant.clients.test_client_list import ada as ada
from tests.gateway.sample_documents import CUSTOMER, PERSON
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

PAGE = f"/merchant/{ORG}/activity"


def who_did_it(browser: Browser) -> list[str]:
    return [element.get_text(strip=True) for element in browser.page.select('tbody [data-label="Who"]')]


def test_people_and_customers_are_told_by_name_and_not_by_number(
    ada: Browser, services: Services, seed: Seeding
) -> None:
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None
    asked = {
        "customer": CUSTOMER,
        "order": "R-1234",
        "kind": "accept_estimate",
        "document": "4600",
        "number": "EST-7",
    }
    services.activity.append(ORG, account.id, "order_recorded", {**asked, "person": account.name})
    services.activity.append(ORG, "foyer", "order_confirmed", {**asked, "zoho": "Accepted."})
    services.activity.append(ORG, "merchant-1", "revoked", {"account": account.id, "person": account.name})
    services.activity.append(ORG, "operator", "client_erased", {"account": "gone"})
    services.activity.append(
        ORG, "account-of-nobody", "invitation_accepted", {"account": "account-of-nobody"}
    )
    ada.get(PAGE)
    assert who_did_it(ada) == ["–", "Who runs Foyer", "Ada Okafor", "Foyer", account.name]
    assert (
        "customer: Northwind Traders" in ada.text
        and "number: EST-7" in ada.text
        and "order: R-1234" in ada.text
    )
    for number in (CUSTOMER, account.id, "4600;", "merchant-1"):
        assert number not in ada.page.select_one("table").get_text(), number


def test_activity_is_shown_and_taken_away_also_after_disconnecting(ada: Browser, services: Services) -> None:
    services.activity.append(ORG, "merchant-1", "settings_saved", {"merchant": "=1+1", "Banner": "on"})
    connection = services.connections.get(ORG)
    assert connection is not None
    services.connections.save(
        dataclasses.replace(connection, state=ConnectionState.DISCONNECTED), refresh_token="none"
    )
    ada.get(PAGE)
    assert "Settings saved" in ada.text and "Banner: on" in ada.text
    assert who_did_it(ada) == ["Ada Okafor"]
    ada.get(f"{PAGE}.csv")
    rows = list(csv.DictReader(io.StringIO(ada.answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert (
        rows[0]["event"] == "settings_saved"
        and rows[0]["number"] == "1"
        and "Banner: on" in rows[0]["details"]
    )
    assert f"activity-{ORG}.csv" in ada.answer.headers["Content-Disposition"]
