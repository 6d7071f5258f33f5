"""A merchant's organisation at a glance: the connection, how far the sync has come, what needs them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cache.clock import store_now
from cache.records.accounts import AccountState
from cache.records.connection import ConnectionState
from cache.records.sync_state import SyncState
from connectors.zoho.features import subscription_source, switched_off
from gateway.access import OrganisationVisit, organisation_only
from gateway.merchant.organisation_connecting import sync_now
from gateway.merchant.setup_steps import setup_of
from gateway.merchant.sync_words import LIST_TITLES, phase_words
from gateway.template_filters import clock, iso, whole_number
from gateway.wiring import wired

bp = Blueprint("merchant_overview", __name__)

LATEST_ORDERS = 200


@bp.get("/merchant/<org_key:org>/")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    orders = wired().orders.of_org(visit.org, LATEST_ORDERS)
    accounts = wired().accounts.standings(visit.org)
    return render_template(
        "pages/merchant/overview.html",
        lists=_lists(visit),
        setup=setup_of(visit),
        open_count=sum(not order.is_final for order in orders),
        active=sum(one.state is AccountState.ACTIVE for one in accounts),
        invited=sum(one.state is AccountState.INVITED for one in accounts),
        next_sync=wired().sync_due.at(visit.org),
        off=switched_off(visit.connection, wired().refused_scopes.of(visit.org)),
    )


@bp.get("/merchant/<org_key:org>/sync/state")
@organisation_only
def sync_state(visit: OrganisationVisit) -> Response:
    """The progress of every list, for the live page."""
    return jsonify(lists=_lists(visit))


@bp.post("/merchant/<org_key:org>/sync")
@organisation_only
def sync(visit: OrganisationVisit) -> ResponseReturnValue:
    if visit.connection.state is ConnectionState.CONNECTED:
        sync_now(visit.org)
    return redirect(url_for("merchant_overview.show", org=visit.org), code=303)


def _lists(visit: OrganisationVisit) -> list[dict[str, Any]]:
    source = subscription_source(visit.connection)
    return [
        _progress(visit.org, state) for state in wired().sync_states.all_of(visit.org, subscriptions=source)
    ]


def _progress(org: str, state: SyncState) -> dict[str, Any]:
    """One list in words. rows: how many are mirrored so far. pages: of the read under way, or of the last
    one.
    """
    is_complete = wired().mirror.is_complete(org, state.list_name)
    now, per_minute = store_now(wired().redis.records), wired().settings.zoho_calls_per_minute
    failed = state.has_failed and not state.pauses(now)
    if failed:
        word, tone = "Interrupted", "bad"
    elif state.last_success and is_complete:
        word, tone = "Up to date", "good"
    elif state.pages_read:
        word, tone = "Reading", "waiting"
    else:
        word, tone = "Waiting to be read", "quiet"
    return {
        "name": state.list_name,
        "title": LIST_TITLES[state.list_name],
        "word": word,
        "tone": tone,
        "rows": whole_number(wired().mirror.count(org, state.list_name)),
        "pages": whole_number(state.pages_read),
        "phase": phase_words(state, now, calls_per_minute=per_minute),
        "last_success": iso(state.last_success) if state.last_success else "",
        "last_success_words": clock(state.last_success) if state.last_success else "",
        "error": state.last_error if failed else "",
        "is_complete": bool(state.last_success and is_complete),
    }
