"""Which letters go out, at once or in a daily digest."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.letter_kinds import Mode
from cache.records.letter_settings import LetterSettings
from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.merchant_letters import CHOSEN, SWITCHED, LetterSettingsForm
from gateway.forms.posted_form import read_form
from gateway.wiring import wired

bp = Blueprint("merchant_letters", __name__)

MODE_WORDS = {Mode.NOW: "At once", Mode.DIGEST: "In the daily digest", Mode.OFF: "Not at all"}


@bp.get("/merchant/<org_key:org>/letters")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit, wired().letter_settings.get(visit.org))


@bp.post("/merchant/<org_key:org>/letters")
@organisation_only
def save(visit: OrganisationVisit) -> ResponseReturnValue:
    """What changed is told in the activity."""
    posted = read_form(LetterSettingsForm(), request.form)
    before = wired().letter_settings.get(visit.org)
    after = _settings(posted.values, before)
    if posted.errors:
        return make_response(_page(visit, after, errors=posted.errors), 422)
    wired().letter_settings.save(visit.org, after)
    modes = {kind.title: (before.mode(kind.name), after.mode(kind.name)) for kind in (*SWITCHED, *CHOSEN)}
    if changed := {title: MODE_WORDS[new] for title, (old, new) in modes.items() if new is not old}:
        wired().activity.append(
            visit.org, visit.merchant.id, "letters_saved", {"merchant": visit.merchant.name, **changed}
        )
    return redirect(url_for("merchant_letters.show", org=visit.org, saved=1), code=303)


def _settings(values: dict[str, Any], before: LetterSettings) -> LetterSettings:
    switched = {kind.name: Mode.NOW if values.get(kind.name) else Mode.OFF for kind in SWITCHED}
    chosen = {kind.name: Mode(values.get(kind.name, before.mode(kind.name))) for kind in CHOSEN}
    return LetterSettings(modes=switched | chosen, digest_hour=values.get("digest_hour", before.digest_hour))


def _page(visit: OrganisationVisit, settings: LetterSettings, *, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "pages/merchant/letters.html",
        settings=settings,
        switched=SWITCHED,
        chosen=CHOSEN,
        modes=MODE_WORDS,
        errors=errors or {},
        is_saved=request.args.get("saved") == "1",
        time_zone=visit.connection.time_zone or "UTC",
    )
