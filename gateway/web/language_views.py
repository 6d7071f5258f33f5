"""The language switch on client pages. A visitor's choice is stored in the browser, a signed-in client's in
their account.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.web.access import ClientVisit, client_only, open_to_all
from gateway.web.language_forms import LanguageChoiceForm
from gateway.web.posted_form import read_form
from gateway.web.request_language import set_browser_language
from gateway.web.return_paths import referring_page
from gateway.web.services import services

bp = Blueprint("language", __name__)


@bp.get("/language/<language:language>")
@open_to_all
def choose_for_browser(language: str) -> ResponseReturnValue:
    """Changes only the language of this browser's pages, so a plain link may do it, even on pages that read
    no store.
    """
    set_browser_language(language)
    return _back()


@bp.post("/language")
@client_only
def choose_for_person(visit: ClientVisit) -> ResponseReturnValue:
    posted = read_form(LanguageChoiceForm(), request.form)
    if posted.errors:
        abort(400)
    services().accounts.set_preferences(visit.account.id, language=posted.values["language"])
    set_browser_language(posted.values["language"])
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(referring_page(url_for("dashboard.show")), code=303)
