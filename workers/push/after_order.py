"""What follows once an order has come to rest. A crash may lose it: the next sync and the clock make up for
all but a letter, and what that would say stands on the receipt and under the merchant's requests.
"""

from __future__ import annotations

import structlog

from cache.records.activity import ActivityBusy
from cache.records.order import ANSWERS_WHOM, BY_MERCHANT, Order, OrderKind, OrderState
from cache.records.request_letters import (
    OUTCOMES,
    answer_letter,
    done_letter,
    needs_you_letter,
    receipt_letter,
)
from workers.job_setup import Resources
from workers.letters.writing import put_out

log = structlog.get_logger()

ACTOR = "foyer"


def write_letters(desk: Resources, order: Order) -> None:
    """To the client, and to the merchants if they hear of it or it needs them; each once, and only what is
    switched on.
    """
    account = desk.accounts.get(order.account_id)
    written = [receipt_letter(order, account)] if account is not None and order.state in OUTCOMES else []
    if order.is_from_merchant and order.state is OrderState.CONFIRMED:
        asked = desk.accounts.get(str(order.shown.get(ANSWERS_WHOM, "")))
        written += [answer_letter(order, asked)] if asked is not None and _may_look(desk, order) else []
    for merchant in desk.merchants.for_org(order.org):
        if order.state is OrderState.NEEDS_ATTENTION:
            written.append(needs_you_letter(order, merchant))
        elif told := done_letter(order, merchant):
            written.append(told)
    for letter, once_key in written:
        put_out(desk, letter, once_key=once_key)


def _may_look(desk: Resources, order: Order) -> bool:
    """Whether the merchant shows clients the document at all."""
    settings = desk.portal_settings.get(order.org)
    return settings.shows_invoices if order.kind is OrderKind.COMMENT_INVOICE else settings.shows_estimates


def after_order(desk: Resources, order: Order) -> None:
    """Write it into the activity, wake the next order on the document, fetch the invoice it became."""
    fields = {
        **order.named,
        "zoho": order.steps[-1].zoho_said,
        "status": order.result.get("status", ""),
        **(BY_MERCHANT if order.is_from_merchant else {}),
    }
    try:
        desk.activity.append(order.org, ACTOR, f"order_{order.state}", fields)
    except ActivityBusy:
        log.error("activity_not_written", org=order.org, order=order.id)
    write_letters(desk, order)
    if order.is_final and (behind := desk.orders.next_after(order)):
        desk.doorbell.ring_order(order.org, behind)
    if invoice_id := order.result.get("invoice_id"):
        desk.doorbell.ring_document(order.org, "invoices", invoice_id)
    if payment_id := order.result.get("payment_id"):
        desk.doorbell.ring_document(order.org, "payments", payment_id)
