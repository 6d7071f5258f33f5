"""When an organisation is synced next, given its state."""

from __future__ import annotations

import datetime as dt
import math

from cache.clock import store_now
from cache.records.connections.call_budget import DAY_RESERVE, CallClass
from cache.records.connections.connection import Connection
from connectors.zoho.api.organisation_day import seconds_to_midnight
from connectors.zoho.features import subscription_source
from workers.copies.document_kinds import ROW_KINDS
from workers.pull.lists import lists_of
from workers.pull.pace import PaceInputs, Quota, pause
from workers.services import Services

LATEST_ORDERS = 50


def next_sync_in(services: Services, connection: Connection) -> float:
    """Seconds, without jitter."""
    org, now = connection.org, store_now(services.stores.records)
    states = services.sync_states.all_of(org, subscriptions=subscription_source(connection))
    changes = [state.last_change for state in states if state.last_change is not None]
    inputs = PaceInputs(
        now=now,
        client_seen=services.presence.last_seen(org),
        changed=max(changes, default=None),
        has_open_orders=any(not order.is_final for order in services.orders.of_org(org, LATEST_ORDERS)),
        calls_per_round=math.ceil(
            sum(1 / ROW_KINDS[mirrored.name].every for mirrored in lists_of(connection))
        ),
        quota=_quota(services, connection, now),
    )
    return pause(inputs, interval=services.settings.sync_interval)


def _quota(services: Services, connection: Connection, now: dt.datetime) -> Quota:
    """From Zoho's headers; if there are none, the smallest plan's day minus our own calls (zoho.md 3.1)."""
    budget, share = services.zoho.books_budget, 1 - DAY_RESERVE[CallClass.SYNC]
    day = budget.day(connection.org)
    if day.limit is not None and day.remaining is not None and day.resets_at is not None:
        return Quota(day.remaining - day.limit * (1 - share), max(1.0, (day.resets_at - now).total_seconds()))
    called = sum(figures.calls for figures in budget.today(connection.org).values())
    return Quota(
        services.settings.zoho_calls_per_day * share - called, seconds_to_midnight(connection.time_zone, now)
    )
