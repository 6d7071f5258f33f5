"""A client edits their own details."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from cache.records.orders.details_edit import PERSON_FIELDS
from cache.records.orders.order import OrderKind
from config.stored_messages import N_
from connectors.zoho.books.contact_edits import PERSON_FIELDS as MAX_LENGTHS
from connectors.zoho.document_kinds import CONTACTS
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.editable_fields import person_fields
from gateway.account.details.editing import EditForm, record_edit, show_edit_form
from gateway.account.details.person_forms import PersonEditForm
from gateway.reading.document_reader import read_document
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("person_edits", __name__)

FORM = EditForm(
    kind=OrderKind.EDIT_PERSON,
    labels=PERSON_FIELDS,
    max_lengths=MAX_LENGTHS,
    schema=PersonEditForm,
    recorded_text=N_("%(name)s changed their details. It is recorded here."),
    pending_text=N_("%(name)s changed their details. %(merchant)s is asked first."),
    template="account/details/person_edit.html",
)


@bp.get("/details/edit")
@client_only
def edit(visit: ClientVisit) -> ResponseReturnValue:
    person = _own_person(visit)
    return show_edit_form(visit, FORM, person.id, person_fields(person))


@bp.post("/details/edit")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    person = _own_person(visit)
    return record_edit(visit, FORM, person.id, person.full_name or visit.account.name)


def _own_person(visit: ClientVisit) -> ContactPerson:
    """The merchant's switch is a wall; and nobody edits anybody but themselves."""
    visit.require(OrderKind.EDIT_PERSON)
    customer = read_document(visit, CONTACTS, visit.scope.customer_id).document
    return next(
        (person for person in customer.persons if person.id == visit.account.person_id), None
    ) or abort(404)
