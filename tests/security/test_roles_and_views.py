"""Colleagues who may less, and a merchant who looks as a client: over the whole URL map, so that no new route
can forget them.
"""

from __future__ import annotations

from bs4 import BeautifulSoup

from cache.records.client_views import ClientView
from cache.records.merchants import Merchant
from cache.records.team import MerchantRole
from gateway.access import SHOWN_TO_VIEWERS, Access
from tests.gateway.sample_documents import CUSTOMER, PERSON
from tests.security.test_walls import CHANGING, FORM, Place, house, places
from tests.security.two_houses import ESTIMATE, ORG, Person, TwoHouses

CHANGES_NOTHING = ("merchant_client_views.begin",)
"""Forms that are open to read-only colleagues: they change nothing of the organisation's, beside what is told
in its activity.
"""


def colleague(houses: TwoHouses, role: MerchantRole) -> Person:
    """Tomas, who looks after Harbour Light beside Ada."""
    houses.wiring.team.give(ORG, "tomas", role)
    houses.wiring.merchants.save(
        Merchant(
            id="tomas", zoho_user_id="2", dc="us", name="Tomas Reyes", email="tomas@x.example", orgs=(ORG,)
        )
    )
    cookie, _ = houses.wiring.sessions.start("merchant", "tomas", "")
    return Person(houses.app, cookie)


def inside(houses: TwoHouses) -> list[Place]:
    return [one for one in places(houses) if one.access is Access.ORGANISATION and one.method != "OPTIONS"]


def test_read_only_sees_everything_and_changes_nothing(houses: TwoHouses) -> None:
    tomas = colleague(houses, MerchantRole.READ_ONLY)
    before, opened = house(houses), 0
    for place in inside(houses):
        answer = tomas.ask(place.method, place.address, FORM if place.method in CHANGING else None)
        where = f"{place.method} {place.address}: {answer.status}"
        if place.method in CHANGING and place.endpoint not in CHANGES_NOTHING:
            assert answer.status_code == 403 and "Nothing was changed" in answer.get_data(as_text=True), where
        elif place.method == "GET" and answer.mimetype == "text/html" and answer.status_code == 200:
            opened += 1
            page = BeautifulSoup(answer.get_data(as_text=True), "html5lib")
            forms = {str(one["action"]) for one in page.select("form[method=post]")} - {"/sign-out"}
            assert [one for one in forms if not one.endswith(("/look", "/language"))] == [], (
                f"{where} offers {forms}"
            )
        if place.endpoint in CHANGES_NOTHING:
            houses.wiring.redis.records.delete(f"o:{{{ORG}}}:activity")
    assert opened > 8
    assert house(houses) == before


def test_staff_changes_clients_and_settings_but_neither_connection_nor_colleagues(houses: TwoHouses) -> None:
    tomas = colleague(houses, MerchantRole.STAFF)
    owners = {"merchant_connection", "merchant_billing", "merchant_colleagues"}
    before = house(houses)
    for place in inside(houses):
        if place.method in CHANGING and place.endpoint.partition(".")[0] in owners:
            assert tomas.ask(place.method, place.address, FORM).status_code == 403, place.address
    assert house(houses) == before
    answer = tomas.ask("POST", f"/merchant/{ORG}/settings", {"shows_invoices": "true"})
    assert answer.status_code == 303 and not houses.wiring.portal_settings.get(ORG).may_accept


def test_who_was_removed_is_outside_at_their_next_request(houses: TwoHouses) -> None:
    tomas = colleague(houses, MerchantRole.OWNER)
    assert tomas.ask("GET", f"/merchant/{ORG}/").status_code == 200
    houses.wiring.team.remove(ORG, "tomas")
    for place in inside(houses):
        assert tomas.ask(
            place.method, place.address, FORM if place.method in CHANGING else None
        ).status_code in (404, 405), place.address


def test_looking_as_a_client_shows_their_pages_and_does_nothing(houses: TwoHouses) -> None:
    begun = houses.ada.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look")
    assert begun.status_code == 303 and houses.wiring.activity.recent(ORG, 1)[0].event == "looked_as_client"
    before = house(houses)
    for place in places(houses):
        if place.access is not Access.CLIENT:
            continue
        answer = houses.ada.ask(place.method, place.address, FORM if place.method in CHANGING else None)
        where = f"{place.method} {place.address}: {answer.status}"
        blueprint = place.endpoint.partition(".")[0]
        if place.method in CHANGING or (place.method != "OPTIONS" and blueprint not in SHOWN_TO_VIEWERS):
            assert answer.status_code == 403, where
        elif place.method == "GET":
            assert answer.status_code == 200, where
            if answer.mimetype == "text/html":
                assert "You are looking as Nora West" in answer.get_data(as_text=True), where
    assert house(houses) == before, "nothing is recorded, not even that a client was here"
    assert houses.wiring.presence.last_seen(ORG) is None


def test_the_look_ends_when_it_is_left_or_the_merchant_no_longer_looks_after_the_house(
    houses: TwoHouses,
) -> None:
    page = f"/estimates/{ESTIMATE}"
    houses.ada.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look")
    assert houses.ada.ask("GET", page).status_code == 200
    assert houses.ada.ask("POST", "/merchant/leave-client").status_code == 303
    assert houses.ada.ask("GET", page).status_code == 303
    tomas = colleague(houses, MerchantRole.READ_ONLY)
    tomas.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look")
    assert tomas.ask("GET", page).status_code == 200
    houses.wiring.team.remove(ORG, "tomas")
    assert tomas.ask("GET", page).status_code == 303


def test_nobody_looks_into_another_house(houses: TwoHouses) -> None:
    assert houses.jonas.ask("POST", f"/merchant/{ORG}/clients/{PERSON}/look").status_code == 404
    cookie, session = houses.wiring.sessions.start("merchant", "jonas", "")
    houses.wiring.client_views.start(session.id, ClientView(ORG, CUSTOMER, PERSON))
    assert Person(houses.app, cookie).ask("GET", f"/estimates/{ESTIMATE}").status_code == 303
