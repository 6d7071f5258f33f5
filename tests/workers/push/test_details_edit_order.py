"""A client's edit of their own details: once, only what they changed, and never over somebody else's
change.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.orders.details_edit import DetailsEdit, Edited
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.scope import CustomerScope
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.estimate import Estimate
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import an_answer, until
from workers.push.deliver_order import deliver_order
from workers.push.details_edit_order import judge_person_edit
from workers.push.verdict import Next, Sent
from workers.services import Services

TODAY = dt.date(2026, 11, 23)
NEW_PHONE = "+1 207 555 0142"


@pytest.fixture
def person(books: BooksClient) -> ContactPerson:
    contact = books.contacts.get(books.contacts.list_page(1).rows[0].id).value
    return contact.persons[0]


def an_edit(org: str, person: ContactPerson, **wanted: str) -> Order:
    about = Estimate(
        id=person.id,
        number=person.full_name,
        status="",
        customer_id=person.contact_id,
        total=Decimal(0),
        currency="",
    )
    edits = tuple(Edited(name, getattr(person, name), text) for name, text in wanted.items())
    return dataclasses.replace(an_answer(org, about, OrderKind.EDIT_PERSON), payload=DetailsEdit(edits))


@pytest.fixture
def edit(services: Services, org: str, person: ContactPerson) -> Callable[..., Order]:
    def make(**wanted: str) -> Order:
        order = an_edit(org, person, **wanted)
        return services.orders.record(order, form_key=order.id)

    return make


@pytest.fixture
def truth(merchant: Any, person: ContactPerson) -> Callable[[], dict[str, Any]]:
    """The person as they really are in Zoho."""

    def look() -> dict[str, Any]:
        persons = merchant.truth("contacts", person.contact_id)["contact_persons"]
        return next(dict(item) for item in persons if item["contact_person_id"] == person.id)

    return look


def delivered(services: Services, order: Order, *states: OrderState) -> Order:
    def look() -> Order | None:
        deliver_order(order.org, order.id, services)
        found = services.orders.get(order.org, order.id)
        return found if found is not None and found.state in states else None

    return until(look, seconds=90)


def test_only_what_was_changed_changes(
    services: Services, edit: Callable[..., Order], truth: Callable[[], dict[str, Any]]
) -> None:
    before = truth()
    order = delivered(services, edit(phone=NEW_PHONE, designation=""), OrderState.CONFIRMED)
    assert truth() == {**before, "phone": NEW_PHONE, "designation": ""}
    assert order.attempts == 1


def test_a_first_name_can_change_and_goes_along_otherwise(
    services: Services, edit: Callable[..., Order], truth: Any
) -> None:
    delivered(services, edit(first_name="Erna"), OrderState.CONFIRMED)
    assert truth()["first_name"] == "Erna"


def test_the_page_is_right_at_once(
    services: Services, org: str, person: ContactPerson, edit: Callable[..., Order]
) -> None:
    delivered(services, edit(phone=NEW_PHONE), OrderState.CONFIRMED)
    scope = CustomerScope(org, person.contact_id)
    copy = services.documents.get(scope, "contacts", person.contact_id, None)
    assert copy is not None
    assert NEW_PHONE in [item.phone for item in Contact.from_stored(copy.body).persons]


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_lost_answer_is_decided_by_reading(
    services: Services, sandbox: SandboxServer, edit: Callable[..., Order], truth: Any, fault: str
) -> None:
    sandbox.fault(fault, method="PUT", path="/books/v3/contacts/contactpersons/*")
    order = delivered(services, edit(phone=NEW_PHONE), OrderState.UNCERTAIN)
    order = delivered(services, order, OrderState.CONFIRMED)
    assert truth()["phone"] == NEW_PHONE
    assert order.attempts == (1 if fault == "cut_after" else 2)


def test_a_change_made_in_zoho_meanwhile_is_shown_and_not_overwritten(
    services: Services,
    org: str,
    books: BooksClient,
    person: ContactPerson,
    edit: Callable[..., Order],
    truth: Any,
) -> None:
    order = edit(phone=NEW_PHONE, mobile="+1 207 555 0143")
    books.contact_edits.edit_person(
        person.contact_id, person.id, {"phone": "+1 207 555 0000"}, first_name=person.first_name
    )
    before = truth()
    order = delivered(services, order, OrderState.CHANGED)
    assert f"Phone: {person.phone or 'nothing'} → +1 207 555 0000" in order.steps[-1].message
    assert "Mobile" not in order.steps[-1].message
    assert truth() == before


def test_a_change_of_another_field_meanwhile_is_kept(
    services: Services, books: BooksClient, person: ContactPerson, edit: Callable[..., Order], truth: Any
) -> None:
    order = edit(phone=NEW_PHONE)
    books.contact_edits.edit_person(
        person.contact_id, person.id, {"department": "Rigging"}, first_name="Ernestine"
    )
    delivered(services, order, OrderState.CONFIRMED)
    assert (truth()["phone"], truth()["department"], truth()["first_name"]) == (
        NEW_PHONE,
        "Rigging",
        "Ernestine",
    )


def test_zohos_refusal_is_told_in_its_words(
    services: Services, sandbox: SandboxServer, edit: Callable[..., Order], truth: Any
) -> None:
    before = truth()
    sandbox.fault(
        "status",
        method="PUT",
        path="*/contactpersons/*",
        status=400,
        code=2,
        message="Invalid value passed for phone",
    )
    order = delivered(services, edit(phone=NEW_PHONE), OrderState.REFUSED)
    assert order.steps[-1].zoho_message == "Invalid value passed for phone"
    assert truth() == before


def test_a_person_who_is_gone_cannot_be_edited(
    services: Services, sandbox: SandboxServer, books: BooksClient, org: str, person: ContactPerson
) -> None:
    gone = dataclasses.replace(person, id="4600000000000000999")
    order = an_edit(org, gone, phone=NEW_PHONE)
    order = delivered(services, services.orders.record(order, form_key=order.id), OrderState.REFUSED)
    assert "no longer has this person" in order.steps[-1].message


@pytest.mark.parametrize(
    ("phone", "sent", "wanted"),
    [
        ("1", Sent.NEVER, OrderState.SENDING),
        ("1", Sent.UNSETTLED, OrderState.UNCERTAIN),
        ("1", Sent.SETTLED, OrderState.SENDING),
        ("1", Sent.REFUSED, OrderState.REFUSED),
        ("3", Sent.NEVER, OrderState.CHANGED),
        ("3", Sent.UNSETTLED, OrderState.UNCERTAIN),
        ("3", Sent.SETTLED, OrderState.CHANGED),
        ("3", Sent.REFUSED, OrderState.CHANGED),
        *[("2", sent, OrderState.CONFIRMED) for sent in Sent],
    ],
)
def test_what_zoho_shows_decides(phone: str, sent: Sent, wanted: OrderState) -> None:
    seen = ContactPerson(id="9", contact_id="5", first_name="Erin", phone="1")
    contact = Contact(id="5", persons=(dataclasses.replace(seen, phone=phone),))
    verdict = judge_person_edit(an_edit("us-600", seen, phone="2"), contact, TODAY, sent)
    assert verdict.state is wanted
    assert (verdict.next is Next.CONFIRM) == (phone == "2")
