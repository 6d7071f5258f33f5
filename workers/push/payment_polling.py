"""How long an open payment is watched and how often Zoho is polled. Pure."""

from __future__ import annotations

import datetime as dt

from cache.records.orders.open_payment import checkout_at
from cache.records.orders.order import Order
from connectors.zoho.documents.hosted_page import HostedPage

PAGE_LIFETIME = dt.timedelta(hours=1)
"""Lifetime of a Billing page, because Zoho does not return it (zoho.md 4.11)."""

GRACE = dt.timedelta(minutes=15)
"""Time after the page's end: a payment made in its last minute is still booked."""

WATCHED = dt.timedelta(days=3)
"""The invoice's own page never ends; it is watched for this long after a press."""

SETTLES = dt.timedelta(minutes=10)
"""Time between the end of a bank debit and the conclusion that it brought no payment."""

OFTEN, SELDOM, GROWTH = 5.0, 300.0, 0.15
"""Seconds between two polls in the first hour: often at first, then in proportion to the time waited."""

AN_HOUR = dt.timedelta(hours=1)
LEFT_TO_SYNC = 6 * 3600.0
"""Seconds between two polls after that: a safeguard, since syncs and webhooks find it sooner
(workers/pull/open_payments).
"""


def page_ends(order: Order, page: HostedPage | None) -> dt.datetime:
    """When nothing can be started on a Billing page any more."""
    return (
        page.expires_at
        if page is not None and page.expires_at is not None
        else order.recorded_at + PAGE_LIFETIME
    )


def again_in(order: Order, page: HostedPage | None, at: dt.datetime) -> float:
    """Seconds until the next poll. Never skips a page's end."""
    waited = at - checkout_at(order)
    wanted = LEFT_TO_SYNC if waited >= AN_HOUR else min(SELDOM, max(OFTEN, waited.total_seconds() * GROWTH))
    if page is None or page.is_closed:
        return wanted
    over = (page_ends(order, page) + GRACE - at).total_seconds()
    return min(wanted, max(over, OFTEN)) if over > 0 else wanted
