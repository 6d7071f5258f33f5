"""How a client's pages read and look: their language, light or dark. Kept on the account, and for this
browser's pages before sign-in.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.access import ClientVisit, client_only
from gateway.forms.look_choice import LookChoiceForm
from gateway.forms.posted_form import read_form
from gateway.languages_chosen import choose_language
from gateway.themes_chosen import choose_theme
from gateway.wiring import wired

bp = Blueprint("look_choices", __name__)


@bp.get("/details/look")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template("pages/look.html", is_saved=request.args.get("saved") == "1")


@bp.post("/details/look")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    posted = read_form(LookChoiceForm(), request.form)
    if posted.errors:
        abort(400)
    language, theme = posted.values["language"], posted.values["theme"]
    wired().accounts.choose(visit.account.id, language=language, theme=theme)
    choose_language(language)
    choose_theme(theme)
    return redirect(url_for("look_choices.show", saved=1), code=303)
