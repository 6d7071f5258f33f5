"""Records a client's comment on an estimate or invoice as an order; its receipt shows when Zoho has it."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import OrderKind
from cache.records.orders.order_titles import order_title_for
from config.stored_messages import StoredMessage
from connectors.zoho.document_kinds import ESTIMATES, INVOICES
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from gateway.comments.forms import CommentForm
from gateway.reading.document_reader import read_document
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.wording import _, translate

bp = Blueprint("comments", __name__)


@bp.post("/estimates/<zoho_id:estimate_id>/comments")
@client_only
def on_estimate(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    visit.require(OrderKind.COMMENT_ESTIMATE)
    document = read_document(visit, ESTIMATES, estimate_id).document
    return _record(
        visit, OrderKind.COMMENT_ESTIMATE, document, url_for("estimates.detail", estimate_id=estimate_id)
    )


@bp.post("/invoices/<zoho_id:invoice_id>/comments")
@client_only
def on_invoice(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    visit.require(OrderKind.COMMENT_INVOICE)
    document = read_document(visit, INVOICES, invoice_id).document
    return _record(
        visit, OrderKind.COMMENT_INVOICE, document, url_for("invoices.detail", invoice_id=invoice_id)
    )


def _record(
    visit: ClientVisit, kind: OrderKind, document: Estimate | Invoice, back: str
) -> ResponseReturnValue:
    """Record the comment and redirect to its receipt. An invalid comment is shown again as typed."""
    posted = read_form(CommentForm(), request.form)
    if "form_key" in posted.errors:
        abort(400)
    if posted.errors:
        page = render_template(
            "comments/comment.html",
            title=translate(order_title_for(kind, document.number)),
            document=_document_title(document),
            back=back,
            address=request.path,
            form_key=secrets.token_urlsafe(18),
            text=request.form.get("text", ""),
            error=posted.errors["text"],
        )
        return make_response(page, 422)
    kept = record_order(
        visit,
        NewOrder(
            message=StoredMessage("%(name)s wrote a comment. It is recorded here.", name=visit.account.name),
            kind=kind,
            document_id=document.id,
            document_number=document.number,
            reason=posted.values["text"],
        ),
        form_key=posted.values["form_key"],
    )
    return redirect(url_for("requests.detail", order_id=kept.id), code=303)


def _document_title(document: Estimate | Invoice) -> str:
    if isinstance(document, Invoice):
        return _("Invoice %(number)s", number=document.number)
    return _("Estimate %(number)s", number=document.number)
