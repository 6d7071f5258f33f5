"""News of an invoice wakes the payment that is under way for it: after the first hour nothing else asks often
(FACTS 7.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from cache.records.order import OrderState
from workers.job_setup import Resources


def wake_open_payments(desk: Resources, org: str, invoice_ids: Sequence[str]) -> None:
    """invoice_ids: of invoices that are not as they were. A ring that is lost is repeated by the clock."""
    for order in desk.orders.open_payments(org, invoice_ids) if invoice_ids else ():
        if order.state is OrderState.HANDED_OVER and desk.orders.note(order, {}):
            desk.doorbell.ring_order(org, order.id)
