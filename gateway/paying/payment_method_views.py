"""The client's cards and bank accounts as Zoho keeps them, masked: when cards end, what they pay, and the way
to replace one. None can be added.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.order import OrderKind
from gateway.paying.bank_account_replacement import start_replacement
from gateway.paying.payment_methods import (
    WARNING_DAYS,
    MethodsUnavailable,
    days_left,
    has_cards_page,
    read_methods,
)
from gateway.requests.open_orders import latest_orders
from gateway.web.access import ClientVisit, client_only
from gateway.web.template_filters import today

bp = Blueprint("payment_methods", __name__)


@bp.get("/cards")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    """?away: Zoho could not be asked for its page a moment ago."""
    if not has_cards_page(visit):
        abort(404)
    replacing = {
        order.document_id: order
        for order in latest_orders(visit)
        if is_in_family(order, OrderFamily.REPLACEMENT) and not order.is_final
    }
    try:
        reading = None if "away" in request.args else read_methods(visit)
    except MethodsUnavailable:
        reading = None
    days = {card.card.id: days_left(card.card, today()) for card in reading.cards} if reading else {}
    return render_template(
        "paying/payment_methods.html",
        reading=reading,
        replacing=replacing,
        days=days,
        warning_days=WARNING_DAYS,
    )


@bp.post("/bank-accounts/<zoho_id:bank_account_id>")
@client_only
def replace_account(visit: ClientVisit, bank_account_id: str) -> ResponseReturnValue:
    """The page with the way to Zoho, whose address stands there once. Zoho leads nobody back from it (zoho.md
    7.4): the receipt tells.
    """
    visit.require(OrderKind.REPLACE_BANK_ACCOUNT)
    if not has_cards_page(visit):
        abort(404)
    try:
        replacement = start_replacement(visit, bank_account_id)
    except MethodsUnavailable:
        return redirect(url_for("payment_methods.listing", away=1), code=303)
    if replacement.zoho_page is None:
        return redirect(url_for("requests.detail", order_id=replacement.order.id), code=303)
    return render_template(
        "paying/bank_account_replacement.html", order=replacement.order, zoho_page=replacement.zoho_page
    )
