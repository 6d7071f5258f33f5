"""A client edits their company and names its first contact: the fields they changed, as they saw them."""

from __future__ import annotations

import dataclasses

import pytest

from cache.records.orders.details_edit import Edited, edits_of
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.primary_change import PrimaryChange
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.editable_fields import company_fields
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, a_customer
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

PIA = ContactPerson(
    id="46000000002060", contact_id=CUSTOMER, first_name="Pia", last_name="Lund", is_primary=False
)
NORA = dataclasses.replace(a_customer().persons[0], is_primary=True)
COMPANY = a_customer(persons=(NORA, PIA))
PAGE, TYPED = "/details/company", company_fields(COMPANY)


@pytest.fixture(autouse=True)
def contact(seed: Seeding) -> None:
    seed.has(COMPANY)


def orders(services: Services) -> list[Order]:
    return services.orders.of_org(ORG, 10)


def test_only_what_was_changed_is_asked_for(nora: Browser, services: Services) -> None:
    nora.get("/details")
    assert nora.page.find("a", href=PAGE)
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "billing_street": "1 New Quay", "shipping_city": "Camden"})
    (order,) = orders(services)
    assert (order.kind, order.document_id) == (OrderKind.EDIT_COMPANY, CUSTOMER)
    assert edits_of(order.payload) == (
        Edited("billing_street", "1 Pier Road", "1 New Quay"),
        Edited("shipping_city", "", "Camden"),
    )
    nora.follow()
    assert "Billing: Street" in nora.text and "1 Pier Road → 1 New Quay" in nora.text


def test_while_one_is_open_its_receipt_is_shown(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "company_name": "Northwind & Daughters"})
    order = orders(services)[0]
    nora.send(PAGE, {**TYPED, "company_name": "Another"})
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"
    nora.get(PAGE, status=303)
    assert len(orders(services)) == 1
    nora.get("/details")
    assert "not yet confirmed by Zoho" in nora.text and not nora.page.find("a", href=PAGE)


def test_after_a_refusal_what_was_typed_stands_there_with_zohos_words(
    nora: Browser, services: Services
) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "billing_zip": "99999"})
    order = orders(services)[0]
    claim = services.orders.claim(ORG, order.id, lease=5, settle=1)
    assert claim is not None
    services.orders.move(
        claim, OrderState.REFUSED, message="Zoho refused the change.", zoho_message="Invalid zip"
    )
    nora.get(f"/requests/{order.id}")
    assert nora.page.find("a", href=f"{PAGE}?after={order.id}")
    nora.get(f"{PAGE}?after={order.id}")
    assert "Invalid zip" in nora.page.find(id="billing_zip-error").get_text()
    assert nora.page.find("input", id="billing_zip")["value"] == "99999"
    assert nora.page.find("input", attrs={"name": "seen_billing_zip"})["value"] == "04101"


def test_too_long_a_text_comes_back_with_its_message(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "billing_zip": "x" * 51}, status=422)
    assert (
        "at most 50 characters" in nora.text
        and nora.page.find("input", id="billing_zip")["value"] == "x" * 51
    )
    assert orders(services) == []


def test_nothing_changed_is_nothing_asked(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    assert nora.answer.headers["Location"] == "/details" and orders(services) == []


def test_a_field_that_is_the_merchants_own_is_refused(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "credit_limit": "1000000"}, status=400)
    assert orders(services) == []


def test_another_person_is_asked_for_as_first_contact(nora: Browser, services: Services) -> None:
    nora.get("/details")
    nora.send(f"/details/first-contact/{PIA.id}")
    (order,) = orders(services)
    assert (order.kind, order.document_id, order.payload) == (
        OrderKind.MARK_PRIMARY,
        PIA.id,
        PrimaryChange(NORA.id),
    )
    nora.follow()
    assert "First contact: Pia Lund" in nora.text


def test_nobody_of_another_company_can_be_named(nora: Browser, services: Services) -> None:
    nora.get("/details")
    token = str(nora.page.find("input", attrs={"name": "csrf_token"})["value"])
    nora.post("/details/first-contact/46000000002002", {"csrf_token": token}, status=404)
    assert orders(services) == []


def test_the_merchants_switch_is_a_wall(nora: Browser, seed: Seeding) -> None:
    nora.get("/details")
    token = str(nora.page.find("input", attrs={"name": "csrf_token"})["value"])
    seed.settings(may_edit_details=False)
    nora.get("/details")
    assert not nora.page.find("a", href=PAGE) and not nora.page.find(
        "form", action=f"/details/first-contact/{PIA.id}"
    )
    nora.get(PAGE, status=404)
    nora.post(PAGE, {"csrf_token": token, **TYPED}, status=404)
    nora.post(f"/details/first-contact/{PIA.id}", {"csrf_token": token}, status=404)


def test_an_address_is_locked_as_a_whole_and_the_first_contact_may_be_asked_about(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.settings(locks_edit=("billing_address",), asks_before_edit=("first_contact",))
    page = nora.get("/details/company")
    assert page.find("input", attrs={"name": "billing_city"}) is None and page.find(
        "input", attrs={"name": "shipping_city"}
    )
    nora.send("/details/company", {"billing_city": "Bath"}, status=422)
    assert "please ask them" in nora.page.find(id="billing_city-error").get_text()
    assert services.orders.of_org(ORG, 9) == []
