"""`/contacts`, their addresses and comments (zoho.md 4.2)."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, body_of, needs
from sandbox.books.contact_persons import new_person
from sandbox.books.contact_records import ContactWriter, address_with_id, primary_person
from sandbox.books.envelope import success
from sandbox.books.list_filters import Listing
from sandbox.books.listing import page_of
from sandbox.books.record_fields import ADDRESS
from sandbox.refusals import invalid_value, not_found
from sandbox.wording import say
from sandbox.world import Record

LONGEST_NAME = 200
PERSONAL = ("first_name", "last_name", "email", "phone")
FLAT = ("contact_name", "company_name", "website", "notes")


@books.get("/contacts")
@needs("contacts.READ")
def list_contacts(call: Call) -> Response:
    """`email` matches the primary contact person only (zoho.md 4.2)."""
    writer = ContactWriter(call.organisation)
    listing = Listing(
        kind="contacts",
        key="contacts",
        report_name="Contacts",
        status=lambda contact: str(contact["status"]),
        exact_filters=("contact_type",),
        text_filters=("contact_name", "company_name", *PERSONAL),
        number_filters=(),
        date_filters=(),
        computed={
            "contact_type": lambda contact: "customer",
            "outstanding_receivable_amount": writer.owed,
            **{name: partial(_of_primary, name) for name in PERSONAL},
        },
        searched=("contact_name", "company_name"),
        columns=("contact_name", *PERSONAL[:3], "outstanding_receivable_amount", "created_time"),
        sort_column="contact_name",
        sort_order="A",
    )
    return success(**page_of(call.organisation, listing, request.args, writer.row))


@books.get("/contacts/<contact_id>")
@needs("contacts.READ")
def get_contact(call: Call, contact_id: str) -> Response:
    return success(contact=ContactWriter(call.organisation, contact_id).detail(contact_of(call, contact_id)))


@books.put("/contacts/<contact_id>")
@needs("contacts.UPDATE")
def update_contact(call: Call, contact_id: str) -> Response:
    """Changes the given fields. `contact_persons` replaces the whole list; a top-level `email` is ignored
    (zoho.md 4.2).
    """
    contact, body = contact_of(call, contact_id), body_of(request.get_json(silent=True))
    for name in FLAT:
        if name in body:
            if (name == "contact_name" and not body[name]) or len(str(body[name])) > LONGEST_NAME:
                raise invalid_value(name)
            contact[name] = str(body[name])
    for name in ("billing_address", "shipping_address"):
        if name in body:
            contact[name] = {"address_id": contact[name]["address_id"], **_read_address(body_of(body[name]))}
    if "contact_persons" in body:
        kept = {person["contact_person_id"]: person for person in contact["persons"]}
        contact["persons"] = [
            new_person(call.centre, body_of(person), kept.get(str(person.get("contact_person_id", ""))))
            for person in body["contact_persons"]
        ]
    call.world.modify(contact)
    writer = ContactWriter(call.organisation, contact_id)
    return success(say(call.organisation.language, "contact_updated"), contact=writer.detail(contact))


@books.get("/contacts/<contact_id>/comments")
@needs("contacts.READ")
def list_contact_comments(call: Call, contact_id: str) -> Response:
    contact_of(call, contact_id)
    return success(contact_comments=[], page_context={"page": 1, "per_page": 200, "has_more_page": False})


@books.get("/contacts/<contact_id>/address")
@needs("contacts.READ")
def get_contact_address(call: Call, contact_id: str) -> Response:
    return success(
        addresses=[address_with_id(address) for address in contact_of(call, contact_id)["addresses"]]
    )


@books.post("/contacts/<contact_id>/address")
@needs("contacts.CREATE")
def add_contact_address(call: Call, contact_id: str) -> Response:
    contact = contact_of(call, contact_id)
    added = {"address_id": call.centre.new_id(), **_read_address(body_of(request.get_json(silent=True)))}
    contact["addresses"].append(added)
    call.world.modify(contact)
    return success(say(call.organisation.language, "address_created"), address_info=address_with_id(added))


@books.put("/contacts/<contact_id>/address/<address_id>")
@needs("contacts.UPDATE")
def update_contact_address(call: Call, contact_id: str, address_id: str) -> Response:
    contact = contact_of(call, contact_id)
    mine = _address_of(contact, address_id)
    mine.update(_read_address(body_of(request.get_json(silent=True))))
    call.world.modify(contact)
    return success(say(call.organisation.language, "address_updated"), address_info=address_with_id(mine))


@books.delete("/contacts/<contact_id>/address/<address_id>")
@needs("contacts.DELETE")
def delete_contact_address(call: Call, contact_id: str, address_id: str) -> Response:
    contact = contact_of(call, contact_id)
    contact["addresses"].remove(_address_of(contact, address_id))
    call.world.modify(contact)
    return success(say(call.organisation.language, "address_deleted"))


def contact_of(call: Call, contact_id: str) -> Record:
    """The contact, or Refused 1002."""
    try:
        return call.organisation.contacts[contact_id]
    except KeyError:
        raise not_found() from None


def _of_primary(name: str, contact: Record) -> str:
    return str(primary_person(contact)[name])


def _address_of(contact: Record, address_id: str) -> Record:
    for address in contact["addresses"]:
        if address["address_id"] == address_id:
            found: Record = address
            return found
    raise not_found()


def _read_address(body: Record) -> Record:
    return {name: str(body.get(name, "")) for name in (*ADDRESS, "state_code")}
