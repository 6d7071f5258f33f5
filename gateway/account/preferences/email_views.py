"""Which letters a client wants."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.email.email_kinds import STOPPABLE, Mode
from gateway.account.preferences.email_forms import EmailPreferencesForm
from gateway.web.access import ClientVisit, client_only
from gateway.web.email_labels import OPTIONAL_EMAILS
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("email_preferences", __name__)


@bp.get("/details/letters")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    unwanted = services().email_preferences.unwanted(visit.account.id)
    rows = [(kind, *OPTIONAL_EMAILS[kind], kind not in unwanted) for kind in _offered(visit)]
    return render_template(
        "account/preferences/emails.html", rows=rows, is_saved=request.args.get("saved") == "1"
    )


@bp.post("/details/letters")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    """Kinds the merchant does not send were not on the page: what was chosen about them stays."""
    wanted = read_form(EmailPreferencesForm(), request.form).values
    offered, before = _offered(visit), services().email_preferences.unwanted(visit.account.id)
    services().email_preferences.set_unwanted(
        visit.account.id, (before - set(offered)) | {kind for kind in offered if not wanted.get(kind)}
    )
    return redirect(url_for("email_preferences.show", saved=1), code=303)


def _offered(visit: ClientVisit) -> list[str]:
    """The kinds that this merchant sends at all."""
    settings = services().email_settings.get(visit.scope.org)
    return [kind for kind in STOPPABLE if settings.mode(kind) is not Mode.OFF]
