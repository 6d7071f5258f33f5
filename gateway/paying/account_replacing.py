"""Leads a client to Zoho's page on which a stored bank account is replaced (FACTS 7.4). Nothing is added, and
one page at most is open
per account: whoever presses while one is open is led to that one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import abort

from cache.records.method_replacement import MethodReplacement, as_shown, replacement_of
from cache.records.order import Order, OrderKind, OrderState, new_order_id
from config.phrases import Phrase
from connectors.zoho.errors import ZohoError
from connectors.zoho.zoho_lines import ZohoLines
from gateway.access import ClientVisit
from gateway.orders.open_orders import orders_on
from gateway.orders.recording import record_order
from gateway.paying.stored_methods import MethodsUnknown, read_methods
from gateway.paying.way_to_zoho import WayToZoho, page_again
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.wiring import wired

T = TypeVar("T")
KIND = OrderKind.REPLACE_BANK_ACCOUNT


@dataclass(frozen=True)
class LedToZoho:
    """order: the open replacement of this account. way: None where nothing can be done on its page; its
    receipt tells.
    """

    order: Order
    way: WayToZoho | None


def lead_to_zoho(visit: ClientVisit, account_id: str) -> LedToZoho:
    """404 for an account that is not among the customer's, whatever Zoho would answer for it. Raises
    MethodsUnknown.

    A page whose answer is lost simply runs out (FACTS 4.11).
    """
    account = next((one for one in read_methods(visit).accounts if one.id == account_id), None) or abort(404)
    if order := next(
        (one for one in orders_on(visit, account_id) if one.kind is KIND and not one.is_final), None
    ):
        return LedToZoho(order, _again(visit, order))
    order_id = new_order_id()
    page = _asked(
        visit,
        ("account page", order_id),
        lambda zoho: zoho.billing.hosted_pages.update_bank_account(account.id).value,
    )
    way = WayToZoho(page.url, page.id)
    if not way.leads_out:
        raise MethodsUnknown
    order = record_order(
        visit,
        form_key=order_id,
        order_id=order_id,
        kind=KIND,
        document_id=account.id,
        document_number=account.words,
        words=_went_on(visit),
        shown=as_shown(MethodReplacement(page.id, account.words)),
        state=OrderState.HANDED_OVER,
    )
    return LedToZoho(order, way if order.id == order_id else None)


def _again(visit: ClientVisit, order: Order) -> WayToZoho | None:
    way = _asked(
        visit, ("account page", order.id), lambda zoho: page_again(zoho, replacement_of(order.shown).page_id)
    )
    if way is None or not way.leads_out:
        return None
    wired().orders.note(order, {}, words=_went_on(visit))
    return way


def _asked(visit: ClientVisit, what: tuple[str, ...], ask: Callable[[ZohoLines], T]) -> T:
    try:
        return ask_for_person(visit, what, ask, kept=lambda: None)
    except (ZohoError, TakesTooLong) as trouble:
        raise MethodsUnknown from trouble


def _went_on(visit: ClientVisit) -> Phrase:
    return Phrase("%(name)s went on to Zoho’s page to replace the bank account.", name=visit.account.name)
