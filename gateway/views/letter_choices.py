"""Which letters a client wants."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.letter_kinds import STOPPABLE, Mode
from gateway.access import ClientVisit, client_only
from gateway.forms.letter_choices import LetterChoicesForm
from gateway.forms.posted_form import read_form
from gateway.letter_words import CHOICES
from gateway.wiring import wired

bp = Blueprint("letter_choices", __name__)


@bp.get("/details/letters")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    unwanted = wired().letter_choices.unwanted(visit.account.id)
    rows = [(kind, *CHOICES[kind], kind not in unwanted) for kind in _offered(visit)]
    return render_template("pages/letter_choices.html", rows=rows, is_saved=request.args.get("saved") == "1")


@bp.post("/details/letters")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    """Kinds the merchant does not send were not on the page: what was chosen about them stays."""
    wanted = read_form(LetterChoicesForm(), request.form).values
    offered, before = _offered(visit), wired().letter_choices.unwanted(visit.account.id)
    wired().letter_choices.choose(
        visit.account.id, (before - set(offered)) | {kind for kind in offered if not wanted.get(kind)}
    )
    return redirect(url_for("letter_choices.show", saved=1), code=303)


def _offered(visit: ClientVisit) -> list[str]:
    """The kinds that this merchant sends at all."""
    settings = wired().letter_settings.get(visit.scope.org)
    return [kind for kind in STOPPABLE if settings.mode(kind) is not Mode.OFF]
