"""A changed invoice triggers a check of its open payment: after the first hour there are few other checks
(zoho.md 7.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from cache.records.orders.order import OrderState
from workers.services import Services


def enqueue_open_payments(services: Services, org: str, invoice_ids: Sequence[str]) -> None:
    """invoice_ids: of changed invoices. A lost job is enqueued again by the clock."""
    for order in services.orders.open_payments(org, invoice_ids) if invoice_ids else ():
        if order.state is OrderState.AT_CHECKOUT and services.orders.note(order, {}):
            services.job_queue.enqueue_order(org, order.id)
