"""The client's cards as Zoho keeps them, masked: when they end, what they pay, and the way to replace one. None can be added."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from cache.records.order import OrderKind
from gateway.access import ClientVisit, client_only
from gateway.orders.open_orders import latest_orders
from gateway.paying.stored_cards import WARNED_BEFORE, CardsUnknown, days_left, has_cards_page, read_cards
from gateway.template_filters import today

bp = Blueprint("cards", __name__)


@bp.get("/cards")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    if not has_cards_page(visit):
        abort(404)
    replacing = {
        one.document_id: one for one in latest_orders(visit) if one.kind is OrderKind.REPLACE_CARD and not one.is_final
    }  # fmt: skip
    try:
        reading = read_cards(visit)
    except CardsUnknown:
        return make_response(render_template("pages/cards.html", reading=None, replacing=replacing, days={}, warned=WARNED_BEFORE))
    days = {one.card.id: days_left(one.card, today()) for one in reading.cards}
    return render_template("pages/cards.html", reading=reading, replacing=replacing, days=days, warned=WARNED_BEFORE)
