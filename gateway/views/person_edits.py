"""A client edits their own details."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from cache.records.details_edit import PERSON_FIELDS
from cache.records.order import OrderKind
from config.phrases import marked
from connectors.zoho.books.contact_edits import PERSON_FIELDS as LONGEST
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.edited_fields import person_fields
from gateway.access import ClientVisit, client_only
from gateway.forms.person_edit import PersonEditForm
from gateway.orders.details_editing import EditForm, ask_for_edit, take_edit
from gateway.reading.document_kinds import CONTACTS
from gateway.reading.document_reading import read_document

bp = Blueprint("person_edits", __name__)

FORM = EditForm(
    kind=OrderKind.EDIT_PERSON,
    labels=PERSON_FIELDS,
    longest=LONGEST,
    schema=PersonEditForm,
    recorded=marked("%(name)s changed their details. It is recorded here."),
    asked=marked("%(name)s changed their details. %(merchant)s is asked first."),
    page="pages/details_edit.html",
)


@bp.get("/details/edit")
@client_only
def edit(visit: ClientVisit) -> ResponseReturnValue:
    person = _own_person(visit)
    return ask_for_edit(visit, FORM, person.id, person_fields(person))


@bp.post("/details/edit")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    person = _own_person(visit)
    return take_edit(visit, FORM, person.id, person.full_name or visit.account.name)


def _own_person(visit: ClientVisit) -> ContactPerson:
    """The merchant's switch is a wall; and nobody edits anybody but themselves."""
    visit.require(OrderKind.EDIT_PERSON)
    customer = read_document(visit, CONTACTS, visit.scope.customer_id).document
    return next((one for one in customer.persons if one.id == visit.account.person_id), None) or abort(404)
