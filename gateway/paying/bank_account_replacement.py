"""Sends a client to Zoho's page for replacing a stored bank account (zoho.md 7.4). Nothing is added. At most
one page is open per account: a second click leads to the first page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import abort

from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import Order, OrderKind, OrderState, new_order_id
from config.stored_messages import StoredMessage
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.paying.payment_methods import MethodsUnavailable, read_methods
from gateway.paying.zoho_page import ZohoPage, reopen_page
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.requests.open_orders import orders_on
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit
from gateway.web.services import services

T = TypeVar("T")
KIND = OrderKind.REPLACE_BANK_ACCOUNT


@dataclass(frozen=True)
class AccountReplacement:
    """order: the open replacement of this account. zoho_page: None when its page can no longer be used."""

    order: Order
    zoho_page: ZohoPage | None


def start_replacement(visit: ClientVisit, account_id: str) -> AccountReplacement:
    """404 for an account that is not this customer's, whatever Zoho would answer. Raises
    MethodsUnavailable.

    A page whose response is lost simply expires (zoho.md 4.11).
    """
    account = next(
        (account for account in read_methods(visit).accounts if account.id == account_id), None
    ) or abort(404)
    if order := next(
        (item for item in orders_on(visit, account_id) if item.kind is KIND and not item.is_final), None
    ):
        return AccountReplacement(order, _reopen(visit, order))
    order_id = new_order_id()
    page = _fetch(
        visit,
        ("account page", order_id),
        lambda zoho: zoho.billing.hosted_pages.update_bank_account(account.id).value,
    )
    zoho_page = ZohoPage(page.url, page.id)
    if not zoho_page.is_allowed:
        raise MethodsUnavailable
    order = record_order(
        visit,
        NewOrder(
            id=order_id,
            kind=KIND,
            document_id=account.id,
            document_number=account.label,
            message=_step_text(visit),
            payload=MethodReplacement(page.id, account.label),
            state=OrderState.AT_CHECKOUT,
        ),
        form_key=order_id,
    )
    return AccountReplacement(order, zoho_page if order.id == order_id else None)


def _reopen(visit: ClientVisit, order: Order) -> ZohoPage | None:
    zoho_page = _fetch(
        visit,
        ("account page", order.id),
        lambda zoho: reopen_page(zoho, order.payload_as(MethodReplacement).page_id),
    )
    if zoho_page is None or not zoho_page.is_allowed:
        return None
    services().orders.note(order, {}, message=_step_text(visit))
    return zoho_page


def _fetch(visit: ClientVisit, what: tuple[str, ...], ask: Callable[[OrganisationClients], T]) -> T:
    try:
        return fetch_for_person(visit, what, ask, cached=lambda: None)
    except (ZohoError, FetchTimeout) as trouble:
        raise MethodsUnavailable from trouble


def _step_text(visit: ClientVisit) -> StoredMessage:
    return StoredMessage(
        "%(name)s went on to Zoho’s page to replace the bank account.", name=visit.account.name
    )
