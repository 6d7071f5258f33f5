"""The switch of languages on every page of the client's side. A visitor's choice is this browser's, a
signed-in person's their own.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.access import ClientVisit, client_only, open_to_all
from gateway.forms.language_choice import LanguageChoiceForm
from gateway.forms.posted_form import read_form
from gateway.languages_chosen import choose_language
from gateway.ways_back import page_before
from gateway.wiring import wired

bp = Blueprint("language_choices", __name__)


@bp.get("/language/<language:language>")
@open_to_all
def choose_for_browser(language: str) -> ResponseReturnValue:
    """Changes nothing but how this browser's pages read, so that it may be a link, also on pages that ask no
    store.
    """
    choose_language(language)
    return _back()


@bp.post("/language")
@client_only
def choose_for_person(visit: ClientVisit) -> ResponseReturnValue:
    posted = read_form(LanguageChoiceForm(), request.form)
    if posted.errors:
        abort(400)
    wired().accounts.choose(visit.account.id, language=posted.values["language"])
    choose_language(posted.values["language"])
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(page_before(url_for("dashboard.show")), code=303)
