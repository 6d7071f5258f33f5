"""RQ's entry points for pushing. Each may run twice or not at all: the order's own state decides what is left
to do.
"""

from __future__ import annotations

from workers.job_setup import job
from workers.push.deliver_order import deliver_order


def deliver(org: str, order_id: str) -> None:
    """Bring one order a step further."""
    with job("deliver", org=org, order=order_id) as desk:
        deliver_order(org, order_id, desk)
