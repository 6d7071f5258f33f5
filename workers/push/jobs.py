"""RQ's entry points for orders. Each may run twice or not at all: the order's state decides what is left to
do.
"""

from __future__ import annotations

from workers.push.deliver_order import deliver_order
from workers.services import job


def deliver(org: str, order_id: str) -> None:
    """Advance one order by one step."""
    with job("deliver", org=org, order=order_id) as services:
        deliver_order(org, order_id, services)
