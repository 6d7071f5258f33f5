"""Who the client is to the merchant: the person, the company, and its addresses, as Zoho has them."""

from __future__ import annotations

import secrets

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cache.records.orders.order import OrderKind
from cache.records.portal.edit_rules import FIRST_CONTACT, EditRule
from connectors.zoho.document_kinds import CONTACTS
from gateway.account.details.editing import open_edit, rule_for
from gateway.reading.document_reader import read_document
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("details", __name__)


@bp.get("/details")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    reading = read_document(visit, CONTACTS, visit.scope.customer_id)
    person = next(
        (person for person in reading.document.persons if person.id == visit.account.person_id), None
    )
    edit = open_edit(visit, OrderKind.EDIT_PERSON, visit.account.person_id)
    return render_template(
        "account/details/details.html",
        reading=reading,
        customer=reading.document,
        person=person,
        edit=edit or open_edit(visit, OrderKind.EDIT_COMPANY, visit.scope.customer_id),
        may_choose_primary=rule_for(visit, FIRST_CONTACT) is not EditRule.LOCKED,
        form_key=secrets.token_urlsafe(18),
    )
