"""A client's edit of their company, and who is its first contact: whole addresses, nobody lost, nothing
overruled.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from cache.records.orders.details_edit import DetailsEdit, Edited
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.primary_change import PrimaryChange
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.editable_fields import company_fields
from tests.servers.sandbox_server import SandboxServer

COMPANY, PRIMARY = OrderKind.EDIT_COMPANY, OrderKind.MARK_PRIMARY


@pytest.fixture
def company(books: BooksClient) -> Contact:
    rows = [row for row in books.contacts.list_page(1).rows if row.kind == "customer"]
    return next(found for row in rows if len((found := books.contacts.get(row.id).value).persons) > 1)


@pytest.fixture
def edit(make_order: Callable[..., Order], company: Contact) -> Callable[..., Order]:
    def make(**wanted: str) -> Order:
        now = company_fields(company)
        edits = tuple(Edited(name, now[name], text) for name, text in wanted.items())
        return make_order(COMPANY, company.id, company.id, payload=DetailsEdit(edits))

    return make


def test_an_address_is_sent_whole_and_the_rest_stays(
    edit: Any, delivered: Any, company: Contact, merchant: Any
) -> None:
    before = merchant.truth("contacts", company.id)
    order = delivered(edit(billing_street="1 New Quay", billing_zip="04102"), OrderState.CONFIRMED)
    after = merchant.truth("contacts", company.id)
    wanted = {**before["billing_address"], "address": "1 New Quay", "zip": "04102"}
    assert {name: after["billing_address"].get(name) for name in wanted} == wanted
    assert after["shipping_address"] == before["shipping_address"]
    assert (
        after["contact_persons"] == before["contact_persons"]
        and after["contact_name"] == before["contact_name"]
    )
    assert order.attempts == 1


def test_the_companys_name_changes_alone(edit: Any, delivered: Any, company: Contact, merchant: Any) -> None:
    before = merchant.truth("contacts", company.id)
    delivered(edit(company_name="Brightwater & Daughters"), OrderState.CONFIRMED)
    after = merchant.truth("contacts", company.id)
    assert after["company_name"] == "Brightwater & Daughters"
    assert (after["billing_address"], after["shipping_address"]) == (
        before["billing_address"],
        before["shipping_address"],
    )


@pytest.mark.parametrize(
    ("field", "text", "code"), [("shipping_state", "Vermont", ""), ("shipping_city", "Camden", "ME")]
)
def test_a_states_code_goes_along_unless_the_state_is_another(
    company: Contact,
    books: BooksClient,
    edit: Any,
    delivered: Any,
    merchant: Any,
    field: str,
    text: str,
    code: str,
) -> None:
    """Zoho writes the code itself when it is told another state."""
    address = dataclasses.replace(company.shipping_address, state_code="ME")
    books.contact_edits.edit_company(company.id, contact_name=company.name, shipping_address=address)
    delivered(edit(**{field: text}), OrderState.CONFIRMED)
    assert merchant.truth("contacts", company.id)["shipping_address"]["state_code"] == code


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_lost_answer_is_decided_by_reading(
    edit: Any, delivered: Any, sandbox: SandboxServer, company: Contact, fault: str
) -> None:
    sandbox.fault(fault, method="PUT", path=f"/books/v3/contacts/{company.id}")
    order = delivered(edit(billing_city="Camden"), OrderState.CONFIRMED)
    assert order.attempts == (1 if fault == "cut_after" else 2)


def first_of(company: Contact) -> str:
    return next(person.id for person in company.persons if person.is_primary)


@pytest.fixture
def make_first(make_order: Callable[..., Order], company: Contact) -> Callable[[str], Order]:
    return lambda person_id: make_order(
        PRIMARY, person_id, company.id, payload=PrimaryChange(first_of(company))
    )


def test_another_person_becomes_the_first_contact(
    make_first: Any, delivered: Any, company: Contact, books: BooksClient
) -> None:
    other = next(person.id for person in company.persons if not person.is_primary)
    delivered(make_first(other), OrderState.CONFIRMED)
    assert first_of(books.contacts.get(company.id).value) == other


def test_who_is_first_already_stays_so_without_a_call(
    make_first: Any, delivered: Any, company: Contact
) -> None:
    assert delivered(make_first(first_of(company)), OrderState.CONFIRMED).attempts == 0


def test_a_person_who_is_gone_cannot_become_first(make_first: Any, delivered: Any) -> None:
    assert (
        "no longer has this person"
        in delivered(make_first("4600000000000000999"), OrderState.REFUSED).steps[-1].message
    )


def test_whom_the_merchant_made_first_meanwhile_is_not_overruled(
    make_order: Callable[..., Order], delivered: Any, company: Contact, books: BooksClient
) -> None:
    first, other = first_of(company), next(person.id for person in company.persons if not person.is_primary)
    order = make_order(PRIMARY, first, company.id, payload=PrimaryChange("4600000000000000999"))
    books.contact_edits.mark_primary(other)
    assert "made first contact in Zoho meanwhile" in delivered(order, OrderState.CHANGED).steps[-1].message
    assert first_of(books.contacts.get(company.id).value) == other
