"""The client's cards and bank accounts as Zoho keeps them, masked: when cards end, what they pay, and the way
to replace one. None can be added.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import REPLACEMENTS, OrderKind
from gateway.access import ClientVisit, client_only
from gateway.orders.open_orders import latest_orders
from gateway.paying.account_replacing import lead_to_zoho
from gateway.paying.stored_methods import (
    WARNED_BEFORE,
    MethodsUnknown,
    days_left,
    has_cards_page,
    read_methods,
)
from gateway.template_filters import today

bp = Blueprint("cards", __name__)


@bp.get("/cards")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    """?away: Zoho could not be asked for its page a moment ago."""
    if not has_cards_page(visit):
        abort(404)
    replacing = {
        one.document_id: one for one in latest_orders(visit) if one.kind in REPLACEMENTS and not one.is_final
    }
    try:
        reading = None if "away" in request.args else read_methods(visit)
    except MethodsUnknown:
        reading = None
    days = {one.card.id: days_left(one.card, today()) for one in reading.cards} if reading else {}
    return render_template(
        "pages/cards.html", reading=reading, replacing=replacing, days=days, warned=WARNED_BEFORE
    )


@bp.post("/bank-accounts/<zoho_id:bank_account_id>")
@client_only
def replace_account(visit: ClientVisit, bank_account_id: str) -> ResponseReturnValue:
    """The page with the way to Zoho, whose address stands there once. Zoho leads nobody back from it (FACTS
    7.4): the receipt tells.
    """
    visit.require(OrderKind.REPLACE_BANK_ACCOUNT)
    if not has_cards_page(visit):
        abort(404)
    try:
        led = lead_to_zoho(visit, bank_account_id)
    except MethodsUnknown:
        return redirect(url_for("cards.listing", away=1), code=303)
    if led.way is None:
        return redirect(url_for("requests.one", order_id=led.order.id), code=303)
    return render_template("pages/bank_account.html", order=led.order, way=led.way)
