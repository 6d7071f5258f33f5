"""News of an invoice wakes the payment that is under way for it: after the first hour nothing else asks often
(zoho.md 7.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from cache.records.orders.order import OrderState
from workers.services import Services


def enqueue_open_payments(services: Services, org: str, invoice_ids: Sequence[str]) -> None:
    """invoice_ids: of invoices that are not as they were. A ring that is lost is repeated by the clock."""
    for order in services.orders.open_payments(org, invoice_ids) if invoice_ids else ():
        if order.state is OrderState.AT_CHECKOUT and services.orders.note(order, {}):
            services.job_queue.enqueue_order(org, order.id)
