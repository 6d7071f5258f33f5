"""How well the portal follows Zoho: per list the last reading and how late changes come, and what is left of
the day's calls.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cache.call_budget import CallClass, ClassFigures
from cache.records.sync_lags import LagFigures
from cache.records.sync_state import SyncState
from connectors.zoho.features import subscription_source
from gateway.access import OrganisationVisit, organisation_only
from gateway.merchant.sync_words import LIST_TITLES
from gateway.template_filters import duration
from gateway.wiring import wired

bp = Blueprint("merchant_sync", __name__)

CLASS_WORDS = {
    CallClass.PERSON: "A person waiting for a page",
    CallClass.ORDER: "Requests of clients on their way",
    CallClass.SYNC: "Looking for changes",
}


@dataclass(frozen=True)
class ListHealth:
    """age: since it was last read without a fault, in words. late: how late changes came, None before the
    first one. pauses: whether there are no calls for it just now.
    """

    title: str
    state: SyncState
    age: str
    late: LagFigures | None
    pauses: bool


@dataclass(frozen=True)
class ClassWaits:
    """Of one class of callers today. mean_wait: in words."""

    title: str
    figures: ClassFigures
    mean_wait: str


@bp.get("/merchant/<org_key:org>/sync")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    wiring, now = wired(), dt.datetime.now(dt.UTC)
    source = subscription_source(visit.connection)
    budget = wiring.zoho.books_budget
    return render_template(
        "pages/merchant/sync.html",
        lists=[
            _health(visit.org, state, now)
            for state in wiring.sync_states.all_of(visit.org, subscriptions=source)
        ],
        day=budget.day(visit.org),
        classes=[_waits(one, figures) for one, figures in budget.today(visit.org).items()],
        next_sync=wiring.sync_due.at(visit.org),
        client_seen=wiring.presence.last_seen(visit.org),
        deliveries=wiring.webhook_doors.latest(visit.org)[:1],
    )


def _health(org: str, state: SyncState, now: dt.datetime) -> ListHealth:
    age = duration((now - state.last_success).total_seconds()) if state.last_success else ""
    return ListHealth(
        LIST_TITLES[state.list_name],
        state,
        age,
        wired().sync_lags.figures(org, state.list_name),
        state.pauses(now),
    )


def _waits(call_class: CallClass, figures: ClassFigures) -> ClassWaits:
    mean = figures.waited / figures.calls if figures.calls else 0.0
    return ClassWaits(CLASS_WORDS[call_class], figures, duration(mean))
