"""Which letters go out, at once or in a daily digest."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.email.email_kinds import Mode
from cache.records.email.email_settings import EmailSettings
from gateway.merchant.emails.forms import CLIENT_KINDS, MERCHANT_KINDS, EmailSettingsForm
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_email_settings", __name__)

MODE_LABELS = {Mode.NOW: "At once", Mode.DIGEST: "In the daily digest", Mode.OFF: "Not at all"}


@bp.get("/merchant/<org_key:org>/letters")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit, services().email_settings.get(visit.org))


@bp.post("/merchant/<org_key:org>/letters")
@organisation_only
def save(visit: OrganisationVisit) -> ResponseReturnValue:
    """What changed is told in the activity."""
    posted = read_form(EmailSettingsForm(), request.form)
    before = services().email_settings.get(visit.org)
    after = _settings(posted.values, before)
    if posted.errors:
        return make_response(_page(visit, after, errors=posted.errors), 422)
    services().email_settings.save(visit.org, after)
    modes = {
        kind.title: (before.mode(kind.name), after.mode(kind.name))
        for kind in (*CLIENT_KINDS, *MERCHANT_KINDS)
    }
    if changed := {title: MODE_LABELS[new] for title, (old, new) in modes.items() if new is not old}:
        services().activity.append(
            visit.org, visit.merchant.id, "letters_saved", {"merchant": visit.merchant.name, **changed}
        )
    return redirect(url_for("merchant_email_settings.show", org=visit.org, saved=1), code=303)


def _settings(values: dict[str, Any], before: EmailSettings) -> EmailSettings:
    switched = {kind.name: Mode.NOW if values.get(kind.name) else Mode.OFF for kind in CLIENT_KINDS}
    chosen = {kind.name: Mode(values.get(kind.name, before.mode(kind.name))) for kind in MERCHANT_KINDS}
    return EmailSettings(modes=switched | chosen, digest_hour=values.get("digest_hour", before.digest_hour))


def _page(visit: OrganisationVisit, settings: EmailSettings, *, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "merchant/emails/settings.html",
        settings=settings,
        client_kinds=CLIENT_KINDS,
        merchant_kinds=MERCHANT_KINDS,
        modes=MODE_LABELS,
        errors=errors or {},
        is_saved=request.args.get("saved") == "1",
        time_zone=visit.connection.time_zone or "UTC",
    )
