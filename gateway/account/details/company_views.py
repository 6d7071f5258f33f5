"""A client edits their company's name and addresses, or makes somebody the first contact; each becomes an
order.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.details_edit import ADDRESS_PARTS, ADDRESSES, COMPANY_FIELDS
from cache.records.orders.order import OrderKind, OrderState
from cache.records.orders.primary_change import PrimaryChange
from cache.records.portal.edit_rules import FIRST_CONTACT, EditRule
from config.stored_messages import N_, StoredMessage
from connectors.zoho.document_kinds import CONTACTS
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.editable_fields import company_fields
from gateway.account.details.company_forms import MAX_LENGTHS, CompanyEditForm
from gateway.account.details.editing import EditForm, record_edit, rule_for, show_edit_form
from gateway.reading.document_reader import read_document
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("company_edits", __name__)

FORM = EditForm(
    kind=OrderKind.EDIT_COMPANY,
    labels=COMPANY_FIELDS,
    max_lengths=MAX_LENGTHS,
    schema=CompanyEditForm,
    recorded_text=N_("%(name)s changed the company’s details. It is recorded here."),
    pending_text=N_("%(name)s changed the company’s details. %(merchant)s is asked first."),
    template="account/details/company_edit.html",
    extra_context={"addresses": ADDRESSES, "parts": ADDRESS_PARTS},
)


@bp.get("/details/company")
@client_only
def edit(visit: ClientVisit) -> ResponseReturnValue:
    company = _own_company(visit, OrderKind.EDIT_COMPANY)
    return show_edit_form(visit, FORM, company.id, company_fields(company))


@bp.post("/details/company")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    company = _own_company(visit, OrderKind.EDIT_COMPANY)
    return record_edit(visit, FORM, company.id, company.company_name or company.name)


@bp.post("/details/first-contact/<zoho_id:person_id>")
@client_only
def make_primary(visit: ClientVisit, person_id: str) -> ResponseReturnValue:
    """Only somebody of one's own company. The same button pressed twice is one order."""
    company, rule = _own_company(visit, OrderKind.MARK_PRIMARY), rule_for(visit, FIRST_CONTACT)
    if rule is EditRule.LOCKED:
        abort(404)
    person = next((person for person in company.persons if person.id == person_id), None) or abort(404)
    now_first = next(
        (person.id for person in company.persons if person.is_primary), company.primary_person_id
    )
    name = person.full_name or person.email
    waits = rule is EditRule.ASK
    recorded = N_("%(who)s asked to make %(name)s the first contact. It is recorded here.")
    asked = N_("%(who)s asked to make %(name)s the first contact. %(merchant)s is asked first.")
    message = StoredMessage(
        asked if waits else recorded, who=visit.account.name, name=name, merchant=visit.merchant_name
    )
    kept = record_order(
        visit,
        NewOrder(
            kind=OrderKind.MARK_PRIMARY,
            message=message,
            state=OrderState.PROPOSED if waits else OrderState.RECORDED,
            document_id=person.id,
            document_number=name,
            payload=PrimaryChange(now_first),
        ),
        form_key=f"primary-{person_id}-{request.form.get('form_key', '')[:40]}",
    )
    return redirect(url_for("requests.detail", order_id=kept.id), code=303)


def _own_company(visit: ClientVisit, kind: OrderKind) -> Contact:
    """The merchant's switch is a wall."""
    visit.require(kind)
    return read_document(visit, CONTACTS, visit.scope.customer_id).document
