"""A merchant's organisation at a glance: the connection, how far the sync has come, what needs them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cache.clock import store_now
from cache.document_kind import DocumentKind
from cache.records.accounts.accounts import AccountState
from cache.records.connections.connection import ConnectionState
from cache.records.sync.sync_state import SyncState
from connectors.zoho.features import disabled_features, subscription_source
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.merchant.connecting.organisation_connecting import sync_now
from gateway.merchant.overview.setup_steps import setup_of
from gateway.merchant.overview.sync_texts import phase_text
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.services import services
from gateway.web.template_filters import clock, iso, whole_number

bp = Blueprint("merchant_overview", __name__)

LATEST_ORDERS = 200


@bp.get("/merchant/<org_key:org>/")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    orders = services().orders.of_org(visit.org, LATEST_ORDERS)
    accounts = services().accounts.index(visit.org)
    return render_template(
        "merchant/overview/overview.html",
        lists=_lists(visit),
        setup=setup_of(visit),
        open_count=sum(not order.is_final for order in orders),
        active=sum(account.state is AccountState.ACTIVE for account in accounts),
        invited=sum(account.state is AccountState.INVITED for account in accounts),
        next_sync=services().sync_due.at(visit.org),
        off=disabled_features(visit.connection, services().refused_scopes.of(visit.org)),
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
        _progress(visit.org, state)
        for state in services().sync_states.all_of(visit.org, subscriptions=source)
    ]


def _progress(org: str, state: SyncState) -> dict[str, Any]:
    """One list in words. rows: how many are mirrored so far. pages: of the read under way, or of the last
    one.
    """
    is_complete = services().mirror.is_complete(org, state.list_name)
    now, per_minute = store_now(services().stores.records), services().settings.zoho_calls_per_minute
    failed = state.has_failed and not state.pauses(now)
    if failed:
        label, tone = "Interrupted", "bad"
    elif state.last_success and is_complete:
        label, tone = "Up to date", "good"
    elif state.pages_read:
        label, tone = "Reading", "waiting"
    else:
        label, tone = "Waiting to be read", "quiet"
    return {
        "name": state.list_name,
        "title": DOCUMENT_PAGES[DocumentKind(state.list_name)].title,
        "label": label,
        "tone": tone,
        "rows": whole_number(services().mirror.count(org, state.list_name)),
        "pages": whole_number(state.pages_read),
        "phase": phase_text(state, now, calls_per_minute=per_minute),
        "last_success": iso(state.last_success) if state.last_success else "",
        "last_success_text": clock(state.last_success) if state.last_success else "",
        "error": state.last_error if failed else "",
        "is_complete": bool(state.last_success and is_complete),
    }
