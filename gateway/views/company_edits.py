"""A client edits their company's name and addresses, or makes somebody the first contact; each becomes an order."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.details_edit import ADDRESS_PARTS, ADDRESSES, COMPANY_FIELDS, as_shown, edits_between, edits_of
from cache.records.order import FINAL, Order, OrderKind
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.edited_fields import company_fields
from gateway.access import ClientVisit, client_only
from gateway.document_kinds import CONTACTS
from gateway.document_reading import read_document
from gateway.forms.company_edit import LONGEST, CompanyEditForm
from gateway.forms.posted_form import read_form
from gateway.open_orders import MAY_BE_EDITED_AGAIN, orders_on, own_order
from gateway.recording import record_order

bp = Blueprint("company_edits", __name__)


@bp.get("/details/company")
@client_only
def edit(visit: ClientVisit) -> ResponseReturnValue:
    """after: the receipt of an edit that did not come about; what was typed then stands in the form again."""
    company = _own_company(visit, OrderKind.EDIT_COMPANY)
    if order := open_company_edit(visit):
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    now = company_fields(company)
    before = own_order(visit, request.args.get("after", ""))
    if before is None or before.kind is not OrderKind.EDIT_COMPANY or before.state not in MAY_BE_EDITED_AGAIN:
        return _form(now, now)
    edits, said = edits_of(before.shown), before.steps[-1].zoho_said
    typed = {**now, **{one.name: one.wanted for one in edits}}
    # Zoho's words are not branched on; but when only one field was sent, they can only be about that one.
    errors = {edits[0].name: said} if said and len(edits) == 1 else {}
    return _form(now, typed, errors=errors, said="" if errors else said)


@bp.post("/details/company")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    """Record the edit and go to its receipt. While one is open, its receipt is shown instead of making a second."""
    company = _own_company(visit, OrderKind.EDIT_COMPANY)
    posted = read_form(CompanyEditForm(), request.form)
    if set(posted.errors) - set(COMPANY_FIELDS):
        abort(400)
    seen = {name: request.form.get(f"seen_{name}", "").strip() for name in COMPANY_FIELDS}
    if posted.errors:
        typed = {name: request.form.get(name, "") for name in COMPANY_FIELDS}
        return _form(seen, typed, errors=posted.errors, status=422)
    if order := open_company_edit(visit):
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    edits = edits_between(seen, posted.values)
    if not edits:
        return redirect(url_for("details.show"), code=303)
    kept = record_order(
        visit, form_key=posted.values["form_key"], words=f"{visit.account.name} changed the company’s details. It is recorded here.",
        kind=OrderKind.EDIT_COMPANY, document_id=company.id, document_number=company.company_name or company.name,
        shown=as_shown(edits),
    )  # fmt: skip
    return redirect(url_for("requests.one", order_id=kept.id), code=303)


@bp.post("/details/first-contact/<zoho_id:person_id>")
@client_only
def make_primary(visit: ClientVisit, person_id: str) -> ResponseReturnValue:
    """Only somebody of one's own company. Sent twice, it is asked for twice: harmless."""
    company = _own_company(visit, OrderKind.MARK_PRIMARY)
    person = next((one for one in company.persons if one.id == person_id), None) or abort(404)
    now_first = next((one.id for one in company.persons if one.is_primary), company.primary_person_id)
    name = person.full_name or person.email
    kept = record_order(
        visit, form_key=f"primary-{person_id}-{request.form.get('form_key', '')[:40]}", kind=OrderKind.MARK_PRIMARY,
        words=f"{visit.account.name} asked to make {name} the first contact. It is recorded here.",
        document_id=person.id, document_number=name, shown={"primary_before": now_first} if now_first else {},
    )  # fmt: skip
    return redirect(url_for("requests.one", order_id=kept.id), code=303)


def open_company_edit(visit: ClientVisit) -> Order | None:
    """The edit of the company, by whomever, that Zoho has not settled yet."""
    orders = orders_on(visit, visit.scope.customer_id)
    return next((one for one in orders if one.kind is OrderKind.EDIT_COMPANY and one.state not in FINAL), None)


def _own_company(visit: ClientVisit, kind: OrderKind) -> Contact:
    """The merchant's switch is a wall."""
    if not visit.settings.allows(kind):
        abort(404)
    return read_document(visit, CONTACTS, visit.scope.customer_id).document


def _form(
    seen: Mapping[str, str], typed: Mapping[str, str], *, errors: dict[str, str] | None = None, said: str = "", status: int = 200
) -> ResponseReturnValue:
    """said: Zoho's words about an earlier try."""
    page = render_template(
        "pages/company_edit.html", addresses=ADDRESSES, parts=ADDRESS_PARTS, longest=LONGEST, seen=seen, typed=typed,
        errors=errors or {}, said=said, form_key=secrets.token_urlsafe(18),
    )  # fmt: skip
    return make_response(page, status)
