"""How well the portal follows Zoho: per list the last reading and how late changes come, and what is left of
the day's calls.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cache.document_kind import DocumentKind
from cache.records.connections.call_budget import CallClass, ClassFigures
from cache.records.sync.sync_lags import LagFigures
from cache.records.sync.sync_state import SyncState
from connectors.zoho.features import subscription_source
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.services import services
from gateway.web.template_filters import duration

bp = Blueprint("merchant_sync", __name__)

CLASS_LABELS = {
    CallClass.PERSON: "A person waiting for a page",
    CallClass.ORDER: "Requests of clients on their way",
    CallClass.SYNC: "Looking for changes",
}


@dataclass(frozen=True)
class ListHealth:
    """age: since it was last read without a fault, in words. lag: how late changes came, None before the
    first one. pauses: whether there are no calls for it just now.
    """

    title: str
    state: SyncState
    age: str
    lag: LagFigures | None
    pauses: bool


@dataclass(frozen=True)
class CallClassStats:
    """Of one class of callers today. mean_wait: in words."""

    title: str
    figures: ClassFigures
    mean_wait: str


@bp.get("/merchant/<org_key:org>/sync")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    app_services, now = services(), dt.datetime.now(dt.UTC)
    source = subscription_source(visit.connection)
    budget = app_services.zoho.books_budget
    return render_template(
        "merchant/overview/sync.html",
        lists=[
            _health(visit.org, state, now)
            for state in app_services.sync_states.all_of(visit.org, subscriptions=source)
        ],
        day=budget.day(visit.org),
        classes=[_class_stats(item, figures) for item, figures in budget.today(visit.org).items()],
        next_sync=app_services.sync_due.at(visit.org),
        client_seen=app_services.presence.last_seen(visit.org),
        deliveries=app_services.webhook_endpoints.latest(visit.org)[:1],
    )


def _health(org: str, state: SyncState, now: dt.datetime) -> ListHealth:
    age = duration((now - state.last_success).total_seconds()) if state.last_success else ""
    return ListHealth(
        DOCUMENT_PAGES[DocumentKind(state.list_name)].title,
        state,
        age,
        services().sync_lags.figures(org, state.list_name),
        state.pauses(now),
    )


def _class_stats(call_class: CallClass, figures: ClassFigures) -> CallClassStats:
    mean = figures.waited / figures.calls if figures.calls else 0.0
    return CallClassStats(CLASS_LABELS[call_class], figures, duration(mean))
