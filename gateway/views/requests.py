"""What the customer's people asked for: the list, and each receipt with its true steps."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import FINAL, MAY_BE_WITHDRAWN, Order
from cache.records.order_wishes import wish
from config.phrases import Phrase
from gateway.access import ClientVisit, client_only
from gateway.client_activity import note_withdrawn
from gateway.open_orders import own_order
from gateway.order_words import headline, next_try, next_words
from gateway.template_filters import clock, iso, moment, status_tone, status_word
from gateway.wiring import wired
from gateway.wording import said

bp = Blueprint("requests", __name__)

LATEST = 100


@bp.get("/requests")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    orders = wired().orders.of_customer(visit.scope.org, visit.scope.customer_id, LATEST)
    return render_template("pages/requests/list.html", orders=orders)


@bp.get("/requests/<order_id:order_id>")
@client_only
def one(visit: ClientVisit, order_id: str) -> ResponseReturnValue:
    order = own_order(visit, order_id) or abort(404)
    return render_template(
        "pages/requests/one.html",
        order=order,
        is_open=order.state not in FINAL,
        headline=headline(order),
        wish=wish(order),
        next_words=next_words(order),
        next_try=next_try(order),
        mark=_mark(order),
        can_withdraw=order.state in MAY_BE_WITHDRAWN,
    )


@bp.post("/requests/<order_id:order_id>/withdraw")
@client_only
def withdraw(visit: ClientVisit, order_id: str) -> ResponseReturnValue:
    """Only while nothing has been sent. A worker that was quicker wins, and the receipt says what is true."""
    order = own_order(visit, order_id) or abort(404)
    words = Phrase("%(name)s withdrew it before anything was sent to Zoho.", name=visit.account.name)
    if wired().orders.withdraw(order.org, order.id, words=words):
        note_withdrawn(visit, order)
        if behind := wired().orders.next_after(order):
            wired().doorbell.ring_order(order.org, behind)
    return redirect(url_for("requests.one", order_id=order.id), code=303)


@bp.get("/requests/<order_id:order_id>/state")
@client_only
def state(visit: ClientVisit, order_id: str) -> Response:
    """The same facts for the live receipt."""
    order = own_order(visit, order_id) or abort(404)
    facts: dict[str, Any] = {
        "mark": _mark(order),
        "is_final": order.state in FINAL,
        "headline": headline(order),
        "state_word": status_word(order.state, "order"),
        "tone": status_tone(order.state, "order"),
        "next_words": next_words(order),
        "next_try": next_try(order),
        "can_withdraw": order.state in MAY_BE_WITHDRAWN,
        "as_of": iso(order.steps[-1].at),
        "as_of_words": clock(order.steps[-1].at),
        "steps": [
            {
                "words": said(step.words),
                "zoho_said": step.zoho_said,
                "at": iso(step.at),
                "at_words": moment(step.at),
                "tone": status_tone(step.state, "order"),
            }
            for step in order.steps
        ],
    }
    return jsonify(facts)


def _mark(order: Order) -> str:
    """Changes whenever there is something new to show."""
    return f"{order.state}:{len(order.steps)}:{next_try(order)}"
