"""Contact persons (zoho.md 4.3)."""

from __future__ import annotations

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, body_of, needs
from sandbox.books.contact_records import person_record
from sandbox.books.envelope import success
from sandbox.refusals import invalid_value, not_found
from sandbox.wording import say
from sandbox.world import DataCentre, Record

EDITABLE = (
    "salutation",
    "first_name",
    "last_name",
    "email",
    "phone",
    "mobile",
    "skype",
    "designation",
    "department",
)
LONGEST = {"salutation": 25, "email": 100, "designation": 50, "department": 50}


@books.get("/contacts/<contact_id>/contactpersons")
@needs("contacts.READ")
def list_contact_persons(call: Call, contact_id: str) -> Response:
    contact = call.organisation.contacts.get(contact_id)
    if contact is None:
        raise not_found()
    context = {
        "page": 1,
        "per_page": 200,
        "has_more_page": False,
        "sort_column": "first_name",
        "sort_order": "A",
    }
    return success(
        contact_persons=[person_record(person) for person in contact["persons"]], page_context=context
    )


@books.get("/contacts/<contact_id>/contactpersons/<person_id>")
@needs("contacts.READ")
def get_contact_person(call: Call, contact_id: str, person_id: str) -> Response:
    contact, person = _person(call, person_id)
    if contact["contact_id"] != contact_id:
        raise not_found()
    return success(contact_person={"contact_id": contact_id, **person_record(person)})


@books.post("/contacts/contactpersons")
@needs("contacts.CREATE")
def create_contact_person(call: Call) -> Response:
    body = body_of(request.get_json(silent=True))
    contact = call.organisation.contacts.get(str(body.get("contact_id", "")))
    if contact is None:
        raise invalid_value("contact_id")
    person = new_person(call.centre, {**body, "is_primary_contact": not contact["persons"]}, None)
    contact["persons"].append(person)
    call.world.modify(contact)
    return _person_response(call, contact, person, "person_created", 201)


@books.put("/contacts/contactpersons/<person_id>")
@needs("contacts.UPDATE")
def update_contact_person(call: Call, person_id: str) -> Response:
    """Omitted fields stay, "" clears; `is_primary_contact` is refused here (zoho.md 4.3)."""
    contact, person = _person(call, person_id)
    body = body_of(request.get_json(silent=True))
    if body.get("contact_id") != contact["contact_id"] or not body.get("first_name"):
        raise invalid_value("contact_id" if body.get("contact_id") != contact["contact_id"] else "first_name")
    if "is_primary_contact" in body:
        raise invalid_value("is_primary_contact")
    person.update(_read(body))
    call.world.modify(contact)
    return _person_response(call, contact, person, "person_updated", 200)


@books.delete("/contacts/contactpersons/<person_id>")
@needs("contacts.DELETE")
def delete_contact_person(call: Call, person_id: str) -> Response:
    contact, person = _person(call, person_id)
    contact["persons"].remove(person)
    call.world.modify(contact)
    return success(say(call.organisation.language, "person_deleted"))


@books.post("/contacts/contactpersons/<person_id>/primary")
@needs("contacts.CREATE")
def mark_contact_person_primary(call: Call, person_id: str) -> Response:
    contact, person = _person(call, person_id)
    for item in contact["persons"]:
        item["is_primary_contact"] = item is person
    call.world.modify(contact)
    return success(say(call.organisation.language, "person_primary"))


def new_person(centre: DataCentre, body: Record, known: Record | None) -> Record:
    """A person as given; an existing one keeps its id and omitted fields.

    Raises Refused for a value that is too long.
    """
    blank = dict.fromkeys(EDITABLE, "")
    person = (
        dict(known)
        if known
        else {
            "contact_person_id": centre.new_id(),
            **blank,
            "is_primary_contact": False,
            "is_added_in_portal": False,
        }
    )
    person.update(_read(body))
    if "is_primary_contact" in body:
        person["is_primary_contact"] = bool(body["is_primary_contact"])
    return person


def _read(body: Record) -> Record:
    given = {name: str(body[name]) for name in EDITABLE if name in body}
    for name, value in given.items():
        if len(value) > LONGEST.get(name, 200):
            raise invalid_value(name)
    return given


def _person(call: Call, person_id: str) -> tuple[Record, Record]:
    for contact in call.organisation.contacts.values():
        for person in contact["persons"]:
            if person["contact_person_id"] == person_id:
                return contact, person
    raise not_found()


def _person_response(call: Call, contact: Record, person: Record, wording: str, status: int) -> Response:
    """An object, although Zoho's specification says array (zoho.md 4.3)."""
    return success(
        say(call.organisation.language, wording),
        status,
        contact_person={"contact_id": contact["contact_id"], **person_record(person)},
    )
