"""How long an order waits before its next check. Pure."""

from __future__ import annotations

import datetime as dt
import random

from cache.records.orders.order import Order, OrderState

SHORTEST, LONGEST = 2.0, 900.0
"""Seconds between two tries while Zoho is down."""

GROWTH = 0.5
"""The next try comes after half the time already waited: gaps grow by half, without a stored counter."""

EARLY_FETCH = 5.0
"""Seconds after a lost response until the first read: a success shows by then, if there was one."""


def next_try_in(
    order: Order, *, now: dt.datetime, at_least: float = 0.0, spread: float | None = None
) -> float:
    """Seconds until the next try. at_least: what Zoho asked for. spread: 0 to 1, random if None.

    Spread over 30 %, so that the orders of one outage do not all return at once; never past the order's
    deadline, so that its expiry is reported in time.
    """
    chance = random.random() if spread is None else spread  # noqa: S311 - spreads load, hides nothing
    began = max(
        (step.at for step in order.steps if step.state is OrderState.RECORDED), default=order.recorded_at
    )
    waited = max(0.0, (now - began).total_seconds())
    wanted = max(SHORTEST, min(LONGEST, waited * GROWTH), at_least) * (1 + 0.3 * chance)
    return min(wanted, max(SHORTEST, (order.not_after - now).total_seconds()))


def is_past_deadline(order: Order, *, now: dt.datetime) -> bool:
    """After this nothing is sent: an answer that arrives days late may surprise everybody."""
    return now >= order.not_after


def seconds_to_settle(order: Order, *, now: dt.datetime, lease: float, settle: float) -> float:
    """How long an uncertain order must wait before a missing effect is believed; 0 when it is settled.

    Counted from the loss of the response or from the end of the lease it was sent under, whichever came
    first: nothing was sent after that.
    """
    sent = max((step.at for step in order.steps if step.state is OrderState.SENDING), default=None)
    if sent is None:
        return 0.0
    ends = [sent + dt.timedelta(seconds=lease)]
    ends += [step.at for step in order.steps if step.state is OrderState.UNCERTAIN and step.at >= sent]
    return max(0.0, (min(ends) + dt.timedelta(seconds=settle) - now).total_seconds())
