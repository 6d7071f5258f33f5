"""A client's cards and bank accounts in Zoho, masked: expiry, what they pay for, and how to replace one. None
can be added.
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
    """?away: set after Zoho could not be reached for its page."""
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
    """Page with the link to Zoho, shown once. Zoho does not redirect back (zoho.md 7.4),
    so the receipt shows the outcome.
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
