"""A client's edit of their own or their company's details: only changed fields, and never over a change made
in Zoho meanwhile.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from cache.records.orders.details_edit import ADDRESS_PARTS, PERSON_FIELDS, edits_of
from cache.records.orders.order import Order, OrderState
from cache.records.orders.primary_change import primary_before
from config.stored_messages import StoredMessage
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.address import Address
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.editable_fields import company_fields, person_fields
from workers.copies.store_fetched import store_document
from workers.push.edit_verdict import judge_fields
from workers.push.verdict import Next, Sent, Verdict, effect_not_shown, ended
from workers.services import Services

NO_SUCH_PERSON = StoredMessage("Zoho no longer has this person at your company.")


def fetch_contact(services: Services, books: BooksClient, order: Order) -> Fetched[Contact]:
    """The customer with all contact persons, one call. Raises ZohoError."""
    fetched = books.contacts.get(order.customer_id)
    store_document(services, order.org, "contacts", fetched)
    return fetched


def judge_person_edit(order: Order, contact: Contact, today: dt.date, sent: Sent) -> Verdict:
    person = _person(order, contact)
    if person is None:
        return ended(OrderState.REFUSED, NO_SUCH_PERSON)
    return judge_fields(order, person_fields(person), sent)


def send_person_edit(books: BooksClient, order: Order, contact: Contact) -> object:
    """The one call that writes. Zoho requires the first name: the current one is sent unless it is edited
    (zoho.md 4.3).
    """
    person = _person(order, contact)
    first_name = person.first_name if person else ""
    changes = {edit.name: edit.wanted for edit in edits_of(order.payload) if edit.name in PERSON_FIELDS}
    return books.contact_edits.edit_person(
        order.customer_id, order.document_id, changes, first_name=first_name
    )


def judge_company_edit(order: Order, contact: Contact, today: dt.date, sent: Sent) -> Verdict:
    return judge_fields(order, company_fields(contact), sent)


def send_company_edit(books: BooksClient, order: Order, contact: Contact) -> object:
    """The one call that writes: changed addresses are sent whole, because the effect of omitting parts is
    unknown (zoho.md 4.2).
    """
    wanted = {edit.name: edit.wanted for edit in edits_of(order.payload)}
    return books.contact_edits.edit_company(
        order.customer_id,
        contact_name=contact.name,
        company_name=wanted.get("company_name"),
        billing_address=_changed(contact.billing_address, "billing", wanted),
        shipping_address=_changed(contact.shipping_address, "shipping", wanted),
    )


def judge_primary(order: Order, contact: Contact, today: dt.date, sent: Sent) -> Verdict:
    """Harmless if they already are; a primary contact chosen meanwhile is not overruled."""
    person = _person(order, contact)
    if person is None:
        return ended(OrderState.REFUSED, NO_SUCH_PERSON)
    if person.is_primary or person.id == contact.primary_person_id:
        return Verdict(
            Next.CONFIRM,
            OrderState.CONFIRMED,
            StoredMessage("Zoho shows them as the first contact."),
            {"status": "primary"},
        )
    if sent is Sent.UNSETTLED:
        return Verdict(Next.FETCH_AGAIN, OrderState.UNCERTAIN)
    first = next(
        (person for person in contact.persons if person.is_primary or person.id == contact.primary_person_id),
        None,
    )
    if first is not None and first.id != (primary_before(order.payload) or first.id):
        name = first.full_name or first.email
        return ended(
            OrderState.CHANGED,
            StoredMessage("It was not sent: %(name)s was made first contact in Zoho meanwhile.", name=name),
        )
    return effect_not_shown(
        order,
        sent,
        refused=StoredMessage("The first contact is as it was."),
        still=StoredMessage("Zoho still shows another first contact."),
    )


def send_primary(books: BooksClient, order: Order, contact: Contact) -> object:
    """The one call that writes. Raises ZohoError."""
    return books.contact_edits.mark_primary(order.document_id)


def _person(order: Order, contact: Contact) -> ContactPerson | None:
    return next((person for person in contact.persons if person.id == order.document_id), None)


def _changed(address: Address, which: str, wanted: dict[str, str]) -> Address | None:
    """The whole edited address; None if nothing in it changes. A new state has another code, which Zoho
    knows.
    """
    parts = {part: wanted[f"{which}_{part}"] for part in ADDRESS_PARTS if f"{which}_{part}" in wanted}
    if not parts:
        return None
    code = "" if "state" in parts or "country" in parts else address.state_code
    return dataclasses.replace(address, **parts, state_code=code)
