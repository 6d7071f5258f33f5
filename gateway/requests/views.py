"""The customer's orders: the list, and a receipt per order with its actual steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import MAY_BE_WITHDRAWN, Order, OrderState
from cache.records.orders.order_titles import order_title
from config.stored_messages import N_, StoredMessage
from gateway.requests.client_activity import note_withdrawn
from gateway.requests.open_orders import own_order
from gateway.requests.order_texts import advice, headline, next_try
from gateway.web.access import ClientVisit, client_only
from gateway.web.services import services
from gateway.web.template_filters import clock, iso, moment, status_label, status_tone
from gateway.web.wording import translate

bp = Blueprint("requests", __name__)

LATEST = 100

CHOICES = {
    "all": N_("All"),
    "mine": N_("Mine"),
    "open": N_("On the way"),
    "done": N_("Confirmed"),
    "not": N_("Did not come about"),
}
GROUPS: dict[str, Callable[[Order, ClientVisit], bool]] = {
    "all": lambda order, visit: True,
    "mine": lambda order, visit: order.account_id == visit.account.id,
    "open": lambda order, visit: not order.is_final,
    "done": lambda order, visit: order.state is OrderState.CONFIRMED,
    "not": lambda order, visit: order.is_final and order.state is not OrderState.CONFIRMED,
}
"""Choice in the address → which requests it shows."""


@bp.get("/requests")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    """show: a key of GROUPS; unknown values mean all."""
    show = request.args.get("show", "") if request.args.get("show") in GROUPS else "all"
    asked = [
        order
        for order in services().orders.of_customer(visit.scope.org, visit.scope.customer_id, LATEST)
        if not order.is_from_merchant
    ]
    orders = [item for item in asked if GROUPS[show](item, visit)]
    return render_template("requests/list.html", orders=orders, choices=CHOICES, show=show)


@bp.get("/requests/<order_id:order_id>")
@client_only
def detail(visit: ClientVisit, order_id: str) -> ResponseReturnValue:
    order = own_order(visit, order_id) or abort(404)
    return render_template(
        "requests/one.html",
        order=order,
        is_open=not order.is_final,
        headline=headline(order),
        title=order_title(order),
        advice=advice(order),
        next_try=next_try(order),
        mark=_mark(order),
        can_withdraw=order.state in MAY_BE_WITHDRAWN,
    )


@bp.post("/requests/<order_id:order_id>/withdraw")
@client_only
def withdraw(visit: ClientVisit, order_id: str) -> ResponseReturnValue:
    """Only while nothing has been sent. If a worker was faster, the receipt shows the actual status."""
    order = own_order(visit, order_id) or abort(404)
    words = StoredMessage("%(name)s withdrew it before anything was sent to Zoho.", name=visit.account.name)
    if services().orders.withdraw(order.org, order.id, message=words):
        note_withdrawn(visit, order)
        if behind := services().orders.first_in_queue(order):
            services().job_queue.enqueue_order(order.org, behind)
    return redirect(url_for("requests.detail", order_id=order.id), code=303)


@bp.get("/requests/<order_id:order_id>/state")
@client_only
def state(visit: ClientVisit, order_id: str) -> Response:
    """The receipt's data, polled by the live page."""
    order = own_order(visit, order_id) or abort(404)
    facts: dict[str, Any] = {
        "mark": _mark(order),
        "is_final": order.is_final,
        "headline": headline(order),
        "state_label": status_label(order.state, "order"),
        "tone": status_tone(order.state, "order"),
        "advice": advice(order),
        "next_try": next_try(order),
        "can_withdraw": order.state in MAY_BE_WITHDRAWN,
        "as_of": iso(order.steps[-1].at),
        "as_of_text": clock(order.steps[-1].at),
        "steps": [
            {
                "text": translate(step.message),
                "zoho_message": step.zoho_message,
                "at": iso(step.at),
                "at_text": moment(step.at),
                "tone": status_tone(step.state, "order"),
            }
            for step in order.steps
        ],
    }
    return jsonify(facts)


def _mark(order: Order) -> str:
    """Changes whenever there is something new to show."""
    return f"{order.state}:{len(order.steps)}:{next_try(order)}"
