"""What follows once an order has come to rest. All of it may be lost in a crash: the next sync and the clock make it up."""

from __future__ import annotations

import structlog

from cache.records.activity import ActivityBusy
from cache.records.order import FINAL, Order
from workers.job_setup import Resources

log = structlog.get_logger()

ACTOR = "foyer"


def after_order(desk: Resources, order: Order) -> None:
    """Write it into the activity, wake the next order on the document, fetch the invoice it became."""
    fields = {
        "customer": order.customer_id, "order": order.id, "kind": str(order.kind), "document": order.document_id,
        "number": order.document_number,
        "zoho": order.steps[-1].zoho_said, "status": order.result.get("status", ""),
    }  # fmt: skip
    try:
        desk.activity.append(order.org, ACTOR, f"order_{order.state}", fields)
    except ActivityBusy:
        log.error("activity_not_written", org=order.org, order=order.id)
    if order.state in FINAL and (behind := desk.orders.next_after(order)):
        desk.doorbell.ring_order(order.org, behind)
    if invoice_id := order.result.get("invoice_id"):
        desk.doorbell.ring_document(order.org, "invoices", invoice_id)
