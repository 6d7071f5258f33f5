"""Accept and decline an estimate: a confirmation page, and the POST that records the order."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import OrderKind
from connectors.zoho.document_kinds import ESTIMATES
from connectors.zoho.documents.estimate import Estimate
from gateway.answers.answering import Answer, AnswerRefusal, check_answer, record_answer
from gateway.answers.forms import AcceptForm, DeclineForm
from gateway.reading.document_reader import LoadedDocument, read_document
from gateway.requests.open_orders import open_orders
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.template_filters import today

bp = Blueprint("estimate_answers", __name__)


@bp.get("/estimates/<zoho_id:estimate_id>/accept")
@client_only
def ask_accept(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _ask(visit, estimate_id, OrderKind.ACCEPT_ESTIMATE)


@bp.post("/estimates/<zoho_id:estimate_id>/accept")
@client_only
def accept(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _take(visit, estimate_id, OrderKind.ACCEPT_ESTIMATE)


@bp.get("/estimates/<zoho_id:estimate_id>/decline")
@client_only
def ask_decline(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _ask(visit, estimate_id, OrderKind.DECLINE_ESTIMATE)


@bp.post("/estimates/<zoho_id:estimate_id>/decline")
@client_only
def decline(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    return _take(visit, estimate_id, OrderKind.DECLINE_ESTIMATE)


def _ask(visit: ClientVisit, estimate_id: str, kind: OrderKind) -> ResponseReturnValue:
    """Show the confirmation page, or why the estimate cannot be answered."""
    reading = _reading(visit, estimate_id, kind)
    words = reading.document.unanswerable_reason(today())
    order = open_orders(visit).get(estimate_id)
    if words or order:
        return (
            redirect(url_for("estimates.detail", estimate_id=estimate_id), code=303)
            if order
            else _refusal(reading, AnswerRefusal(words))
        )
    return _question(reading, kind)


def _take(visit: ClientVisit, estimate_id: str, kind: OrderKind) -> ResponseReturnValue:
    """Record the answer and redirect to its receipt. A second submission, from any tab,
    gets the first one's receipt.
    """
    reading = _reading(visit, estimate_id, kind)
    posted = read_form(AcceptForm() if kind is OrderKind.ACCEPT_ESTIMATE else DeclineForm(), request.form)
    if set(posted.errors) - {"reason"}:
        abort(400)
    if posted.errors:
        return _question(reading, kind, reason=request.form.get("reason", ""), errors=posted.errors)
    if order := open_orders(visit).get(estimate_id):
        return redirect(url_for("requests.detail", order_id=order.id), code=303)
    if posted.values.get("reason") and not visit.settings.asks_decline_reason:
        abort(400)
    answer = Answer(kind=kind, **posted.values)
    if refusal := check_answer(visit, reading, answer):
        return _refusal(reading, refusal)
    kept = record_answer(visit, reading, answer)
    return redirect(url_for("requests.detail", order_id=kept.id), code=303)


def _reading(visit: ClientVisit, estimate_id: str, kind: OrderKind) -> LoadedDocument[Estimate]:
    """Load the estimate. 404 when the merchant has switched this kind of answer off."""
    visit.require(kind)
    return read_document(visit, ESTIMATES, estimate_id)


def _question(
    reading: LoadedDocument[Estimate],
    kind: OrderKind,
    *,
    reason: str = "",
    errors: dict[str, str] | None = None,
) -> ResponseReturnValue:
    page = "accept" if kind is OrderKind.ACCEPT_ESTIMATE else "decline"
    return make_response(
        render_template(
            f"answers/{page}.html",
            reading=reading,
            estimate=reading.document,
            form_key=secrets.token_urlsafe(18),
            reason=reason,
            errors=errors or {},
        ),
        422 if errors else 200,
    )


def _refusal(reading: LoadedDocument[Estimate], refusal: AnswerRefusal) -> ResponseReturnValue:
    return make_response(
        render_template(
            "answers/cannot_be_answered.html",
            reading=reading,
            estimate=reading.document,
            refusal=refusal,
        ),
        409,
    )
