"""My details: the hub of who the client is, in every state."""

from __future__ import annotations

import dataclasses

import pytest
from flask import url_for

from cache.records.accounts.client_roles import Role
from cache.records.connections.connection import ConnectionState
from connectors.zoho.documents.contact_person import ContactPerson
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

PAGE, ACCOUNT = "/details", f"account-{PERSON}"


def test_the_menu_of_the_page_leads_to_what_is_there(nora: Browser) -> None:
    page = nora.get(PAGE)
    leads = [str(element["href"]) for element in page.select("nav.page-menu a")]
    assert leads[:3] == ["#person", "#company", "#billing-address"] and "#people" not in leads
    assert all(page.find(id=lead.removeprefix("#")) for lead in leads)


def test_colleagues_have_their_place_in_it(nora: Browser, seed: Seeding) -> None:
    pia = ContactPerson(id="46000000002009", contact_id=CUSTOMER, first_name="Pia", last_name="Lund")
    seed.has(dataclasses.replace(a_customer(), persons=(*a_customer().persons, pia)))
    page = nora.get(PAGE)
    assert page.select_one("nav.page-menu a[href='#people']") and "Pia Lund" in nora.text


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (frozenset(Role), ["Look at everything", "Answer estimates", "Pay", "Change details"]),
        (frozenset({Role.SEE}), ["Look at everything"]),
        (frozenset({Role.SEE, Role.PAY}), ["Look at everything", "Pay"]),
    ],
)
def test_what_this_person_may_do_is_said(
    nora: Browser, services: Services, roles: frozenset[Role], expected: list[str]
) -> None:
    account = services.accounts.get(ACCOUNT)
    assert account is not None
    services.accounts.save(dataclasses.replace(account, roles=roles))
    page = nora.get(PAGE)
    assert [element.get_text() for element in page.select("#person ~ dl .badge-quiet")] == expected
    assert bool(page.find("a", href="/details/edit")) is (Role.MANAGE in roles)


def test_password_letters_and_language_are_one_step_away(nora: Browser) -> None:
    nora.get(PAGE)
    with nora.app.test_request_context():
        ways = [url_for("account_security.show"), url_for("email_preferences.show")]
    for way in ways:
        assert nora.page.find("main").find("a", href=way), way


def test_without_a_connection_the_details_are_called_old_and_stay_readable(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    services.documents.put(ORG, "contacts", CUSTOMER, "", a_customer().to_stored(), a_customer().modified_at)
    nora.get(PAGE)
    assert "1 Pier Road" in nora.text
