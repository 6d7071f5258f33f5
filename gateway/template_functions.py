"""Functions and values available in every template."""

from __future__ import annotations

from flask import Flask, g

from cache.records.orders.details_edit import edits_of
from cache.records.orders.order_titles import order_title
from cache.records.orders.reported_payment import payment_of
from gateway.account.sign_in.opened_accounts import client_name
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.merchant.overview.inbox import inbox_items
from gateway.navigation import MERCHANT_MENU, client_menu, has_page, payment_pages
from gateway.paying.payment_methods import has_cards_page
from gateway.paying.payment_status import invoice_status, payment_status_of
from gateway.reading.freshness import calls_used_up_until, check_state
from gateway.requests.open_orders import document_page, requested_by
from gateway.requests.order_texts import (
    document_link_label,
    headline,
    reason_label,
    seen_version_text,
    unconfirmed_text,
)
from gateway.web.branding import branding_of
from gateway.web.csrf import csrf_field

LAYOUTS = {
    "csrf_field": csrf_field,
    "client_menu": client_menu,
    "payment_pages": payment_pages,
    "has_page": has_page,
    "merchant_menu": MERCHANT_MENU,
    "client_name": client_name,
    "branding_of": branding_of,
    "inbox_items": inbox_items,
}
DOCUMENTS = {
    "check_state": check_state,
    "calls_used_up_until": calls_used_up_until,
    "list_texts": {kind: row.texts for kind, row in DOCUMENT_PAGES.items() if row.texts},
}
PAYING = {
    "payment_status_of": payment_status_of,
    "invoice_status": invoice_status,
    "has_cards_page": has_cards_page,
}
ORDERS = {
    "unconfirmed_text": unconfirmed_text,
    "requested_by": requested_by,
    "headline": headline,
    "order_title": order_title,
    "document_page": document_page,
    "document_link_label": document_link_label,
    "seen_version_text": seen_version_text,
    "reason_label": reason_label,
    "edits_of": edits_of,
    "payment_of": payment_of,
}


def add_template_functions(app: Flask) -> None:
    """Some of them read Redis; none calls Zoho."""
    app.jinja_env.globals.update({**LAYOUTS, **DOCUMENTS, **PAYING, **ORDERS})

    @app.context_processor
    def add_visit() -> dict[str, object]:
        """`visit` for the layouts: None where nobody is signed in."""
        return {"visit": g.get("visit")}
