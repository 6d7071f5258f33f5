"""Replace a subscription's card on Zoho's own page, created per click and never stored. Nothing is added."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import OrderKind, OrderState, new_order_id
from config.stored_messages import StoredMessage
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.document_kinds import SUBSCRIPTIONS
from connectors.zoho.documents.hosted_page import HostedPage
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.document_reader import DocumentIsCold, read_document
from gateway.reading.subscription_source import subscription_kind
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit, client_only
from gateway.web.services import services

bp = Blueprint("card_replacements", __name__)


@bp.post("/subscriptions/<zoho_id:subscription_id>/card")
@client_only
def replace(visit: ClientVisit, subscription_id: str) -> ResponseReturnValue:
    """Page with the link to Zoho, shown once. The receipt shows the outcome."""
    visit.require(OrderKind.REPLACE_CARD)
    if subscription_kind(visit) is not SUBSCRIPTIONS:
        abort(404)
    subscription = read_document(visit, SUBSCRIPTIONS, subscription_id).document
    card = subscription.card or abort(404)
    order_id = new_order_id()
    page = _hosted_page(
        visit, subscription_id, services().settings.portal_url + url_for("requests.detail", order_id=order_id)
    )
    order = record_order(
        visit,
        NewOrder(
            id=order_id,
            kind=OrderKind.REPLACE_CARD,
            document_id=subscription.id,
            document_number=subscription.plan_label,
            message=StoredMessage(
                "%(name)s went on to Zoho’s page to replace the card.", name=visit.account.name
            ),
            payload=MethodReplacement(page.id, card.label),
            state=OrderState.AT_CHECKOUT,
        ),
        form_key=order_id,
    )
    return render_template(
        "paying/card_replacement.html",
        subscription=subscription,
        order=order,
        address=page.url,
        host=urlsplit(page.url).netloc,
        current_card=card.label,
    )


def _hosted_page(visit: ClientVisit, subscription_id: str, back: str) -> HostedPage:
    """A new page for this click. One whose response is lost simply expires (zoho.md 4.11)."""
    try:
        return fetch_for_person(
            visit,
            ("card page", back),
            lambda zoho: zoho.billing.hosted_pages.update_card(subscription_id, redirect_url=back).value,
            cached=lambda: None,
        )
    except (ZohoError, FetchTimeout) as trouble:
        raise DocumentIsCold from trouble
