"""A client edits their own details: a form with what Zoho has, and the order that brings what they changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.details_edit import PERSON_FIELDS, as_shown, edits_between, edits_of
from cache.records.order import FINAL, Order, OrderKind
from connectors.zoho.books.contact_edits import PERSON_FIELDS as LONGEST
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.edited_fields import person_fields
from gateway.access import ClientVisit, client_only
from gateway.document_kinds import CONTACTS
from gateway.document_reading import read_document
from gateway.forms.person_edit import PersonEditForm
from gateway.forms.posted_form import read_form
from gateway.open_orders import MAY_BE_EDITED_AGAIN, orders_on, own_order
from gateway.recording import record_order

bp = Blueprint("person_edits", __name__)


@bp.get("/details/edit")
@client_only
def edit(visit: ClientVisit) -> ResponseReturnValue:
    """after: the receipt of an edit that did not come about; what was typed then stands in the form again."""
    person = _own_person(visit)
    if order := open_edit(visit):
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    now = person_fields(person)
    before = own_order(visit, request.args.get("after", ""))
    if before is None or before.document_id != person.id or before.state not in MAY_BE_EDITED_AGAIN:
        return _form(now, now)
    edits = edits_of(before.shown)
    typed = {**now, **{one.name: one.wanted for one in edits}}
    said = before.steps[-1].zoho_said
    # Zoho's words are not branched on; but when only one field was sent, they can only be about that one.
    errors = {edits[0].name: said} if said and len(edits) == 1 else {}
    return _form(now, typed, errors=errors, said="" if errors else said)


@bp.post("/details/edit")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    """Record the edit and go to its receipt. While one is open, its receipt is shown instead of making a second."""
    person = _own_person(visit)
    posted = read_form(PersonEditForm(), request.form)
    if set(posted.errors) - set(PERSON_FIELDS):
        abort(400)
    seen = {name: request.form.get(f"seen_{name}", "").strip() for name in PERSON_FIELDS}
    if posted.errors:
        typed = {name: request.form.get(name, "") for name in PERSON_FIELDS}
        return _form(seen, typed, errors=posted.errors, status=422)
    if order := open_edit(visit):
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    edits = edits_between(seen, posted.values)
    if not edits:
        return redirect(url_for("details.show"), code=303)
    kept = record_order(
        visit, form_key=posted.values["form_key"], words=f"{visit.account.name} changed their details. It is recorded here.",
        kind=OrderKind.EDIT_PERSON, document_id=person.id, document_number=person.full_name or visit.account.name,
        shown=as_shown(edits),
    )  # fmt: skip
    return redirect(url_for("requests.one", order_id=kept.id), code=303)


def open_edit(visit: ClientVisit) -> Order | None:
    """The client's own edit that Zoho has not settled yet."""
    orders = orders_on(visit, visit.account.person_id)
    return next((one for one in orders if one.kind is OrderKind.EDIT_PERSON and one.state not in FINAL), None)


def _own_person(visit: ClientVisit) -> ContactPerson:
    """The merchant's switch is a wall; and nobody edits anybody but themselves."""
    if not visit.settings.allows(OrderKind.EDIT_PERSON):
        abort(404)
    customer = read_document(visit, CONTACTS, visit.scope.customer_id).document
    return next((one for one in customer.persons if one.id == visit.account.person_id), None) or abort(404)


def _form(
    seen: Mapping[str, str], typed: Mapping[str, str], *, errors: dict[str, str] | None = None, said: str = "", status: int = 200
) -> ResponseReturnValue:
    """said: Zoho's words about an earlier try, where they cannot be given to one field."""
    page = render_template(
        "pages/details_edit.html", labels=PERSON_FIELDS, longest=LONGEST, seen=seen, typed=typed, errors=errors or {}, said=said,
        form_key=secrets.token_urlsafe(18),
    )  # fmt: skip
    return make_response(page, status)
