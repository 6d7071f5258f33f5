"""Portal settings: what clients may see and do."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.connections.connection import Connection
from cache.records.portal.edit_rules import EDITABLE, EditRule, rule_of
from cache.records.portal.portal_settings import PortalSettings
from cache.records.portal.setup_progress import SETTINGS
from gateway.merchant.settings.forms import RULE, SettingsForm
from gateway.merchant.settings.portal_switches import (
    DETAILS,
    ESTIMATES,
    PAYING,
    SIGNING_IN,
    VISIBILITY,
    setting_changes,
)
from gateway.paying.payment_routes import current_route
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_settings", __name__)

TYPED = ("bank_details", "unique_payment_field", "fresh_minutes")
"""Fields that come back as they were typed."""

PAYMENT_ROUTE_LABELS = {
    "auto": "The best one there is for each invoice",
    "billing": "Zoho Billing's payment page",
    "invoice_page": "The invoice's own page at Zoho",
    "bank": "By bank: your bank details with the reference to quote",
}
RULE_LABELS = {EditRule.FREE: "Free", EditRule.ASK: "Ask me first", EditRule.LOCKED: "Locked"}


@bp.get("/merchant/<org_key:org>/settings")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit.connection, services().portal_settings.get(visit.org))


@bp.post("/merchant/<org_key:org>/settings")
@organisation_only
def save(visit: OrganisationVisit) -> ResponseReturnValue:
    """What changed is told in the activity; a form with a fault keeps everything that was typed."""
    posted = read_form(SettingsForm(), request.form)
    before = services().portal_settings.get(visit.org)
    if posted.errors:
        as_typed = {name: request.form.get(name, "") for name in TYPED}
        return make_response(
            _page(visit.connection, _with(before, {**posted.values, **as_typed}), errors=posted.errors), 422
        )
    after = _with(before, posted.values)
    services().setup_progress.mark(visit.org, SETTINGS)
    if changed := setting_changes(before, after):
        services().portal_settings.save(visit.org, after)
        services().activity.append(
            visit.org, visit.merchant.id, "settings_saved", {"merchant": visit.merchant.name, **changed}
        )
    return redirect(url_for("merchant_settings.show", org=visit.org, saved=1), code=303)


def _with(settings: PortalSettings, values: dict[str, Any]) -> PortalSettings:
    rules = {name: values.get(f"{RULE}{name}", EditRule.FREE) for name in EDITABLE}
    plain = {name: value for name, value in values.items() if not name.startswith(RULE)}
    return dataclasses.replace(
        settings,
        **plain,
        asks_before_edit=tuple(name for name in EDITABLE if rules[name] == EditRule.ASK),
        locks_edit=tuple(name for name in EDITABLE if rules[name] == EditRule.LOCKED),
    )


def _page(connection: Connection, settings: PortalSettings, *, errors: dict[str, str] | None = None) -> str:
    rules = {
        item: rule_of(item, asks=settings.asks_before_edit, locks=settings.locks_edit) for item in EDITABLE
    }
    return render_template(
        "merchant/settings/settings.html",
        settings=settings,
        errors=errors or {},
        is_saved=request.args.get("saved") == "1",
        visibility=VISIBILITY,
        estimates=ESTIMATES,
        paying=PAYING,
        details=DETAILS,
        signing_in=SIGNING_IN,
        payment_routes=PAYMENT_ROUTE_LABELS,
        route=current_route(settings, connection, services().refused_scopes.of(connection.org)),
        editable=EDITABLE,
        rules=rules,
        rule_labels=RULE_LABELS,
    )
