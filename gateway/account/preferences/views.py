"""How a client's pages read and look: their language, light or dark. Kept on the account, and for this
browser's pages before sign-in.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.account.preferences.forms import PreferencesForm
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.request_language import set_browser_language
from gateway.web.services import services
from gateway.web.theme import set_browser_theme

bp = Blueprint("preferences", __name__)


@bp.get("/details/look")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template(
        "account/preferences/language_and_theme.html", is_saved=request.args.get("saved") == "1"
    )


@bp.post("/details/look")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    posted = read_form(PreferencesForm(), request.form)
    if posted.errors:
        abort(400)
    language, theme = posted.values["language"], posted.values["theme"]
    services().accounts.set_preferences(visit.account.id, language=language, theme=theme)
    set_browser_language(language)
    set_browser_theme(theme)
    return redirect(url_for("preferences.show", saved=1), code=303)
