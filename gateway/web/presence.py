"""Syncs an idle organisation soon after a client returns."""

from __future__ import annotations

import datetime as dt

from cache.clock import store_now
from gateway.web.services import services


def record_presence(org: str) -> None:
    """Records that a client opened a page. After a pause the data may be as old as the idle sync interval
    allows, so the next sync is moved forward.
    """
    app_services = services()
    before, rest = app_services.presence.note(org), dt.timedelta(seconds=app_services.settings.sync_interval)
    now = store_now(app_services.stores.records)
    if before is not None and now - before <= rest:
        return
    last_round = max(
        (state.last_success for state in app_services.sync_states.all_of(org) if state.last_success),
        default=None,
    )
    if last_round is None or now - last_round > rest:
        app_services.sync_due.set_in(org, 0)
        app_services.job_queue.enqueue_sync(org)
    else:
        # It was idle and synced just now: the next sync must not wait for the idle interval.
        app_services.sync_due.sooner(org, (last_round + rest - now).total_seconds())
