"""A client edits their own details: the fields they changed, as they saw them, and nobody else's."""

from __future__ import annotations

import dataclasses

import pytest

from cache.records.orders.details_edit import Edited, edits_of
from cache.records.orders.order import Order, OrderKind, OrderState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import a_customer
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

CONTACT = a_customer()
PERSON = CONTACT.persons[0]
PAGE = "/details/edit"
TYPED = {
    name: getattr(PERSON, name)
    for name in ("salutation", "first_name", "last_name", "phone", "mobile", "designation", "department")
}


@pytest.fixture(autouse=True)
def contact(seed: Seeding) -> None:
    seed.has(CONTACT)


def orders(services: Services) -> list[Order]:
    return services.orders.of_org(ORG, 10)


def settle(services: Services, state: OrderState, zoho_message: str = "") -> Order:
    """What a worker does when it learns the outcome."""
    claim = services.orders.claim(ORG, orders(services)[0].id, lease=5, settle=1)
    assert claim is not None
    return services.orders.move(claim, state, message="As it is.", zoho_message=zoho_message)


def test_only_what_was_changed_is_asked_for(nora: Browser, services: Services) -> None:
    nora.get("/details")
    assert nora.page.find("a", href=PAGE)
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": " +1 207 555 0142 ", "designation": "Skipper"})
    (order,) = orders(services)
    assert (order.kind, order.document_id, order.state) == (
        OrderKind.EDIT_PERSON,
        PERSON.id,
        OrderState.RECORDED,
    )
    assert edits_of(order.payload) == (
        Edited("phone", PERSON.phone, "+1 207 555 0142"),
        Edited("designation", PERSON.designation, "Skipper"),
    )
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"
    nora.follow()
    assert "Change of details of Nora West" in nora.text and "→ +1 207 555 0142" in nora.text
    nora.get("/requests")
    nora.get("/activity")
    assert "Change of details of Nora West" in nora.text


def test_while_one_is_open_its_receipt_is_shown(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": "1"})
    order = orders(services)[0]
    nora.send(PAGE, {**TYPED, "phone": "2"})
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"
    nora.get(PAGE, status=303)
    assert len(orders(services)) == 1
    nora.get("/details")
    assert "not yet confirmed by Zoho" in nora.text and not nora.page.find("a", href=PAGE)


def test_nothing_changed_is_nothing_asked(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    assert nora.answer.headers["Location"] == "/details"
    assert orders(services) == []


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [("first_name", " ", "Please give a first name."), ("department", "x" * 51, "at most 50 characters")],
)
def test_what_cannot_be_taken_stands_at_its_field_and_nothing_is_lost(
    nora: Browser, services: Services, field: str, text: str, expected: str
) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": "12345", field: text}, status=422)
    assert expected in nora.page.find(id=f"{field}-error").get_text()
    assert nora.page.find(id="phone")["value"] == "12345"
    assert nora.page.find(id=field)["value"] == text
    assert orders(services) == []
    nora.send(PAGE, {**TYPED, "phone": "12345"})
    assert edits_of(orders(services)[0].payload) == (Edited("phone", PERSON.phone, "12345"),)


def test_zohos_refusal_stands_at_the_field_it_must_be_about(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": "12345"})
    order = settle(services, OrderState.REFUSED, "Invalid value passed")
    nora.get(f"/requests/{order.id}")
    assert nora.page.find("a", href=f"{PAGE}?after={order.id}")
    nora.get(f"{PAGE}?after={order.id}")
    assert "Invalid value passed" in nora.page.find(id="phone-error").get_text()
    assert nora.page.find(id="phone")["value"] == "12345"
    assert nora.page.find(attrs={"name": "seen_phone"})["value"] == PERSON.phone


def test_a_refusal_of_several_fields_stands_above_them(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": "12345", "mobile": "6789"})
    order = settle(services, OrderState.REFUSED, "Invalid value passed")
    nora.get(f"{PAGE}?after={order.id}")
    assert "Invalid value passed" in nora.page.find(attrs={"role": "alert"}).get_text()
    assert (nora.page.find(id="phone")["value"], nora.page.find(id="mobile")["value"]) == ("12345", "6789")


def test_the_merchants_switch_takes_away_the_button_and_the_way(
    nora: Browser, services: Services, seed: Seeding
) -> None:
    form = nora.get(PAGE).find("form", action=PAGE)
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    seed.settings(may_edit_details=False)
    assert not nora.get("/details").find("a", href=PAGE)
    nora.get(PAGE, status=404)
    nora.post(PAGE, {**fields, "phone": "12345"}, status=404)
    assert orders(services) == []


def test_who_is_no_longer_among_the_people_cannot_edit(nora: Browser, seed: Seeding) -> None:
    seed.has(dataclasses.replace(CONTACT, persons=(dataclasses.replace(PERSON, id="46000000002999"),)))
    nora.get(PAGE, status=404)
    assert not nora.get("/details").find("a", href=PAGE)


@pytest.mark.parametrize("field", ["email", "is_primary_contact", "enable_portal"])
def test_a_field_that_is_not_offered_is_not_taken(nora: Browser, services: Services, field: str) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": "12345", field: "true"}, status=400)
    assert orders(services) == []


def test_a_locked_field_is_only_read_and_refused_on_the_server_with_the_reason(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.settings(locks_edit=("phone",))
    page = nora.get(PAGE)
    assert (
        page.find("input", attrs={"name": "phone"}) is None
        and "Only Harbour Light Studio can change this" in nora.text
    )
    nora.send(PAGE, {**TYPED, "phone": "+1 207 555 0142", "mobile": "+1 9"}, status=422)
    assert "please ask them" in nora.page.find(id="phone-error").get_text()
    assert nora.page.find(id="mobile")["value"] == "+1 9" and orders(services) == []
    free = {name: text for name, text in TYPED.items() if name != "phone"}
    nora.get(PAGE)
    nora.send(PAGE, {**free, "mobile": "+1 9"})
    assert edits_of(orders(services)[0].payload) == (Edited("mobile", PERSON.mobile, "+1 9"),)


def test_a_field_that_is_asked_about_waits_for_the_merchant(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.settings(asks_before_edit=("designation",))
    nora.get(PAGE)
    assert "Harbour Light Studio is asked before this changes" in nora.text
    nora.send(PAGE, {**TYPED, "designation": "Skipper", "phone": "1"})
    order = orders(services)[0]
    assert order.state is OrderState.PROPOSED and order.next_at is None
    nora.follow()
    assert "Waiting for the merchant to agree" in nora.text and "Nothing changes before" in nora.text


def test_where_only_other_fields_change_nobody_is_asked(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.settings(asks_before_edit=("designation",))
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "phone": "1"})
    assert orders(services)[0].state is OrderState.RECORDED
