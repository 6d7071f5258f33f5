"""Colleagues who may less, and a merchant who looks as a client: over the whole URL map, so that no new route
can forget them.
"""

from __future__ import annotations

from bs4 import BeautifulSoup

from cache.records.accounts.merchants import Merchant
from cache.records.accounts.team import MerchantRole
from cache.records.sign_in.client_views import ClientView
from gateway.web.access import VIEWABLE_BLUEPRINTS, Access
from tests.gateway.sample_documents import CUSTOMER, PERSON
from tests.security.test_route_access import CHANGING, FORM, Place, places, stored_state
from tests.security.two_organisations import ESTIMATE, ORG, Person, TwoOrganisations

CHANGES_NOTHING = ("merchant_client_views.begin",)
"""Forms that are open to read-only colleagues: they change nothing of the organisation's, beside what is told
in its activity.
"""


def colleague(organisations: TwoOrganisations, role: MerchantRole) -> Person:
    """Tomas, who looks after Harbour Light beside Ada."""
    organisations.services.team.give(ORG, "tomas", role)
    organisations.services.merchants.save(
        Merchant(
            id="tomas", zoho_user_id="2", dc="us", name="Tomas Reyes", email="tomas@x.example", orgs=(ORG,)
        )
    )
    cookie, _ = organisations.services.sessions.start("merchant", "tomas", "")
    return Person(organisations.app, cookie)


def inside(organisations: TwoOrganisations) -> list[Place]:
    return [
        place
        for place in places(organisations)
        if place.access is Access.ORGANISATION and place.method != "OPTIONS"
    ]


def test_read_only_sees_everything_and_changes_nothing(organisations: TwoOrganisations) -> None:
    tomas = colleague(organisations, MerchantRole.READ_ONLY)
    before, opened = stored_state(organisations), 0
    for place in inside(organisations):
        answer = tomas.ask(place.method, place.address, FORM if place.method in CHANGING else None)
        where = f"{place.method} {place.address}: {answer.status}"
        if place.method in CHANGING and place.endpoint not in CHANGES_NOTHING:
            assert answer.status_code == 403 and "Nothing was changed" in answer.get_data(as_text=True), where
        elif place.method == "GET" and answer.mimetype == "text/html" and answer.status_code == 200:
            opened += 1
            page = BeautifulSoup(answer.get_data(as_text=True), "html5lib")
            forms = {str(element["action"]) for element in page.select("form[method=post]")} - {"/sign-out"}
            assert [form for form in forms if not form.endswith(("/look", "/language"))] == [], (
                f"{where} offers {forms}"
            )
        if place.endpoint in CHANGES_NOTHING:
            organisations.services.stores.records.delete(f"o:{{{ORG}}}:activity")
    assert opened > 8
    assert stored_state(organisations) == before


def test_staff_changes_clients_and_settings_but_neither_connection_nor_colleagues(
    organisations: TwoOrganisations,
) -> None:
    tomas = colleague(organisations, MerchantRole.STAFF)
    owners = {"merchant_connection", "merchant_billing", "merchant_colleagues"}
    before = stored_state(organisations)
    for place in inside(organisations):
        if place.method in CHANGING and place.endpoint.partition(".")[0] in owners:
            assert tomas.ask(place.method, place.address, FORM).status_code == 403, place.address
    assert stored_state(organisations) == before
    answer = tomas.ask("POST", f"/merchant/{ORG}/settings", {"shows_invoices": "true"})
    assert answer.status_code == 303 and not organisations.services.portal_settings.get(ORG).may_accept


def test_who_was_removed_is_outside_at_their_next_request(organisations: TwoOrganisations) -> None:
    tomas = colleague(organisations, MerchantRole.OWNER)
    assert tomas.ask("GET", f"/merchant/{ORG}/").status_code == 200
    organisations.services.team.remove(ORG, "tomas")
    for place in inside(organisations):
        assert tomas.ask(
            place.method, place.address, FORM if place.method in CHANGING else None
        ).status_code in (404, 405), place.address


def test_looking_as_a_client_shows_their_pages_and_does_nothing(organisations: TwoOrganisations) -> None:
    begun = organisations.ada.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look")
    assert (
        begun.status_code == 303
        and organisations.services.activity.recent(ORG, 1)[0].event == "looked_as_client"
    )
    before = stored_state(organisations)
    for place in places(organisations):
        if place.access is not Access.CLIENT:
            continue
        answer = organisations.ada.ask(
            place.method, place.address, FORM if place.method in CHANGING else None
        )
        where = f"{place.method} {place.address}: {answer.status}"
        blueprint = place.endpoint.partition(".")[0]
        if place.method in CHANGING or (place.method != "OPTIONS" and blueprint not in VIEWABLE_BLUEPRINTS):
            assert answer.status_code == 403, where
        elif place.method == "GET":
            assert answer.status_code == 200, where
            if answer.mimetype == "text/html":
                assert "You are looking as Nora West" in answer.get_data(as_text=True), where
    assert stored_state(organisations) == before, "nothing is recorded, not even that a client was here"
    assert organisations.services.presence.last_seen(ORG) is None


def test_the_look_ends_when_it_is_left_or_the_merchant_no_longer_looks_after_the_house(
    organisations: TwoOrganisations,
) -> None:
    page = f"/estimates/{ESTIMATE}"
    organisations.ada.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look")
    assert organisations.ada.ask("GET", page).status_code == 200
    assert organisations.ada.ask("POST", "/merchant/leave-client").status_code == 303
    assert organisations.ada.ask("GET", page).status_code == 303
    tomas = colleague(organisations, MerchantRole.READ_ONLY)
    tomas.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look")
    assert tomas.ask("GET", page).status_code == 200
    organisations.services.team.remove(ORG, "tomas")
    assert tomas.ask("GET", page).status_code == 303


def test_nobody_looks_into_another_house(organisations: TwoOrganisations) -> None:
    assert organisations.jonas.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look").status_code == 404
    cookie, session = organisations.services.sessions.start("merchant", "jonas", "")
    organisations.services.client_views.start(session.id, ClientView(ORG, CUSTOMER, PERSON))
    assert Person(organisations.app, cookie).ask("GET", f"/estimates/{ESTIMATE}").status_code == 303
