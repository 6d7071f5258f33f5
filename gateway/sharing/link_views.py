"""A document's shared links: a client creates them for colleagues, lists the open ones and revokes them."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.sharing.shared_links import LIFE, SharedLink, TooManyLinks
from connectors.zoho.document_kinds import ESTIMATES, INVOICES, ZohoDocumentKind
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from gateway.reading.document_reader import read_document
from gateway.requests.client_activity import note_sharing
from gateway.sharing.forms import RevokeLinkForm, SharedLinkForm
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("shared_links", __name__)

Shareable = TypeVar("Shareable", Estimate, Invoice)


@bp.get("/estimates/<zoho_id:estimate_id>/links")
@client_only
def of_estimate(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _page(visit, _shareable(visit, ESTIMATES, estimate_id))


@bp.post("/estimates/<zoho_id:estimate_id>/links")
@client_only
def make_for_estimate(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _make(visit, _shareable(visit, ESTIMATES, estimate_id))


@bp.post("/estimates/<zoho_id:estimate_id>/links/revoke")
@client_only
def revoke_of_estimate(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _revoke(
        visit,
        _shareable(visit, ESTIMATES, estimate_id),
        url_for("shared_links.of_estimate", estimate_id=estimate_id),
    )


@bp.get("/invoices/<zoho_id:invoice_id>/links")
@client_only
def of_invoice(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    return _page(visit, _shareable(visit, INVOICES, invoice_id))


@bp.post("/invoices/<zoho_id:invoice_id>/links")
@client_only
def make_for_invoice(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    return _make(visit, _shareable(visit, INVOICES, invoice_id))


@bp.post("/invoices/<zoho_id:invoice_id>/links/revoke")
@client_only
def revoke_of_invoice(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    return _revoke(
        visit,
        _shareable(visit, INVOICES, invoice_id),
        url_for("shared_links.of_invoice", invoice_id=invoice_id),
    )


def _shareable(visit: ClientVisit, kind: ZohoDocumentKind[Shareable], document_id: str) -> Shareable:
    """404 unless the merchant allows sharing and the document is this client's."""
    if not visit.may_share:
        abort(404)
    return read_document(visit, kind, document_id).document


def _name_of_kind(document: Estimate | Invoice) -> str:
    return ESTIMATES.name if isinstance(document, Estimate) else INVOICES.name


def _make(visit: ClientVisit, document: Estimate | Invoice) -> ResponseReturnValue:
    """Shows the link in this response only: it cannot be shown again."""
    if read_form(SharedLinkForm(), request.form).errors:
        abort(400)
    kind = _name_of_kind(document)
    try:
        secret = services().shared_links.make(visit.scope, kind, document.id, visit.account.id)
    except TooManyLinks:
        return _page(visit, document, is_full=True)
    note_sharing(visit, "link_made", kind, document.id, document.number)
    return _page(
        visit,
        document,
        address=services().settings.portal_url + url_for("shared_documents.show", secret=secret),
    )


def _revoke(visit: ClientVisit, document: Estimate | Invoice, back: str) -> ResponseReturnValue:
    posted = read_form(RevokeLinkForm(), request.form)
    if posted.errors:
        abort(400)
    kind = _name_of_kind(document)
    if services().shared_links.end(visit.scope, kind, document.id, posted.values["link"]):
        note_sharing(visit, "link_revoked", kind, document.id, document.number)
    return redirect(back, code=303)


def _page(
    visit: ClientVisit, document: Estimate | Invoice, *, address: str = "", is_full: bool = False
) -> ResponseReturnValue:
    links = services().shared_links.of_document(visit.scope, _name_of_kind(document), document.id)
    page = render_template(
        "sharing/links.html",
        document=document,
        is_invoice=isinstance(document, Invoice),
        address=address,
        is_full=is_full,
        links=[(link, _creator_name(visit, link)) for link in links],
        days=LIFE.days,
    )
    return make_response(page, 422 if is_full else 200)


def _creator_name(visit: ClientVisit, link: SharedLink) -> str:
    """Their name, "" if they no longer belong to this customer."""
    account = services().accounts.get(link.account_id)
    return (
        account.name
        if account is not None and account.customer_id == visit.scope.customer_id and account.org == link.org
        else ""
    )
