"""What follows when an order is settled. A crash may lose it: the next sync and the clock make up for
everything but an email, whose content is on the receipt and under the merchant's requests.
"""

from __future__ import annotations

import structlog

from cache.records.activity.activity import ActivityBusy
from cache.records.email.request_emails import (
    OUTCOMES,
    answer_email,
    attention_email,
    confirmation_email,
    receipt_email,
)
from cache.records.orders.kinds import ORDER_KINDS, DocumentType
from cache.records.orders.merchant_reply import BY_MERCHANT, MerchantReply
from cache.records.orders.order import Order, OrderState
from workers.email.outbox import enqueue_email
from workers.services import Services

log = structlog.get_logger()

ACTOR = "foyer"


def enqueue_order_emails(services: Services, order: Order) -> None:
    """To the client, and to the merchants if they want it or must act; once each, and only what is switched
    on.
    """
    account = services.accounts.get(order.account_id)
    written = [receipt_email(order, account)] if account is not None and order.state in OUTCOMES else []
    if isinstance(order.payload, MerchantReply) and order.state is OrderState.CONFIRMED:
        asked = services.accounts.get(order.payload.answered_account)
        written += (
            [answer_email(order, asked)] if asked is not None and _shows_document(services, order) else []
        )
    for merchant in services.merchants.for_org(order.org):
        if order.state is OrderState.NEEDS_ATTENTION:
            written.append(attention_email(order, merchant))
        elif told := confirmation_email(order, merchant):
            written.append(told)
    for email, once_key in written:
        enqueue_email(services, email, once_key=once_key)


def _shows_document(services: Services, order: Order) -> bool:
    """Whether the merchant shows clients this document."""
    settings = services.portal_settings.get(order.org)
    is_invoice = ORDER_KINDS[order.kind].document_type is DocumentType.INVOICE
    return settings.shows_invoices if is_invoice else settings.shows_estimates


def after_order(services: Services, order: Order) -> None:
    """Log the activity, enqueue the next order on the document, fetch the invoice it became."""
    fields = {
        **order.activity_fields,
        "zoho": order.steps[-1].zoho_message,
        "status": order.result.get("status", ""),
        **(BY_MERCHANT if order.is_from_merchant else {}),
    }
    try:
        services.activity.append(order.org, ACTOR, f"order_{order.state}", fields)
    except ActivityBusy:
        log.error("activity_not_written", org=order.org, order=order.id)
    enqueue_order_emails(services, order)
    if order.is_final and (behind := services.orders.first_in_queue(order)):
        services.job_queue.enqueue_order(order.org, behind)
    if invoice_id := order.result.get("invoice_id"):
        services.job_queue.enqueue_document(order.org, "invoices", invoice_id)
    if payment_id := order.result.get("payment_id"):
        services.job_queue.enqueue_document(order.org, "payments", payment_id)
