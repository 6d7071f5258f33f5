"""A client's edit of their own details: only the fields they changed, and never over a change made in Zoho meanwhile."""

from __future__ import annotations

import datetime as dt
import json

from cache.records.order import Order, OrderState
from cache.records.person_edit import PERSON_FIELDS, Edited, edits_of
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from workers.job_setup import Resources
from workers.keep_said import keep_document
from workers.push.verdict import Next, Sent, Verdict, ended, nothing_to_see, told


def look_at_contact(desk: Resources, books: BooksClient, order: Order) -> Said[Contact]:
    """The customer with all its people, one call. Raises ZohoError."""
    said = books.contacts.get(order.customer_id)
    keep_document(desk, order.org, "contacts", said)
    return said


def judge_edit(order: Order, contact: Contact, today: dt.date, sent: Sent) -> Verdict:
    """The fields as Zoho shows them decide. One that reads neither as seen nor as wanted was changed by somebody else."""
    person = _person(order, contact)
    if person is None:
        return ended(OrderState.REFUSED, "Zoho no longer has this person at your company.")
    edits = edits_of(order.shown)
    if all(_now(person, one) == one.wanted for one in edits):
        return Verdict(Next.CONFIRM, OrderState.CONFIRMED, "Zoho shows the details as you wanted them.", {"status": "changed"})
    if sent is Sent.UNSETTLED:
        return Verdict(Next.LOOK_AGAIN, OrderState.UNCERTAIN)
    if others := [one for one in edits if _now(person, one) not in (one.seen, one.wanted)]:
        changes = tuple((one.label, one.seen, _now(person, one)) for one in others)
        words = f"It was not sent: these details were changed in Zoho after you saw them. {told(changes)}"
        return ended(OrderState.CHANGED, words, {"changes": json.dumps(changes)})
    return nothing_to_see(
        order, sent, noun="change", refused="The details are as they were.", still="Zoho still shows the details as they were."
    )


def send_edit(books: BooksClient, order: Order, contact: Contact) -> object:
    """The one call. Zoho demands the first name in each: the present one goes along unless it is what changes (FACTS 4.3)."""
    person = _person(order, contact)
    first_name = person.first_name if person else ""
    changes = {one.name: one.wanted for one in edits_of(order.shown) if one.name in PERSON_FIELDS}
    return books.contact_edits.edit_person(order.customer_id, order.document_id, changes, first_name=first_name)


def _person(order: Order, contact: Contact) -> ContactPerson | None:
    return next((one for one in contact.persons if one.id == order.document_id), None)


def _now(person: ContactPerson, edit: Edited) -> str:
    text: str = getattr(person, edit.name)
    return text.strip()
