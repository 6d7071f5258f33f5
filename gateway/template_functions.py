"""What every template may call or name beside the values that its view gives."""

from __future__ import annotations

from flask import Flask, g

from cache.records.details_edit import edits_of
from cache.records.order_wishes import wish
from cache.records.reported_payment import payment_of
from gateway.csrf import csrf_field
from gateway.merchant.needs_you import needs_you
from gateway.navigation import MERCHANT_MENU, client_menu, has_page, payment_pages
from gateway.orders.open_orders import by_whom, document_page
from gateway.orders.order_words import headline, not_yet_confirmed, see_target, seen_version, words_label
from gateway.paying.pay_standing import invoice_status, pay_standing
from gateway.paying.stored_methods import has_cards_page
from gateway.portal_look import portal_look
from gateway.reading.freshness_notices import calls_run_out_until, check_state
from gateway.reading.list_words import LIST_WORDS
from gateway.signing_in.opened_accounts import client_name

LAYOUTS = {
    "csrf_field": csrf_field,
    "client_menu": client_menu,
    "payment_pages": payment_pages,
    "has_page": has_page,
    "merchant_menu": MERCHANT_MENU,
    "client_name": client_name,
    "portal_look": portal_look,
    "needs_you": needs_you,
}
READING = {"check_state": check_state, "calls_run_out_until": calls_run_out_until, "list_words": LIST_WORDS}
PAYING = {"pay_standing": pay_standing, "invoice_status": invoice_status, "has_cards_page": has_cards_page}
ORDERS = {
    "not_yet_confirmed": not_yet_confirmed,
    "by_whom": by_whom,
    "headline": headline,
    "wish_word": wish,
    "document_page": document_page,
    "see_target": see_target,
    "seen_version": seen_version,
    "words_label": words_label,
    "edits_of": edits_of,
    "payment_of": payment_of,
}


def add_template_functions(app: Flask) -> None:
    """Some of them ask Redis; none asks Zoho."""
    app.jinja_env.globals.update({**LAYOUTS, **READING, **PAYING, **ORDERS})

    @app.context_processor
    def who_is_here() -> dict[str, object]:
        """`visit` for the layouts: None where nobody is signed in."""
        return {"visit": g.get("visit")}
