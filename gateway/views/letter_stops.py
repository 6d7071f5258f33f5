"""One click in a letter stops letters of its kind, without a sign-in (RFC 8058): looking shows a page,
pressing does it.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from gateway.access import open_to_all, open_to_machines
from gateway.letter_words import CHOICES
from gateway.wiring import wired

bp = Blueprint("letter_stops", __name__)
log = structlog.get_logger()


@bp.get("/letters/stop/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    """Changes nothing: mail programs look at links before people do."""
    return _page(secret, is_done=False)


@bp.post("/letters/stop/<secret:secret>")
@open_to_machines
def stop(secret: str) -> ResponseReturnValue:
    """Mail programs send this without a cookie or a token of ours; what proves it is the link itself, and it
    can do nothing else.
    """
    if found := wired().letter_choices.read_stop_word(secret):
        wired().letter_choices.stop(*found)
        log.info("letters_stopped", account=found[0], kind=found[1])
    return _page(secret, is_done=True)


def _page(secret: str, *, is_done: bool) -> ResponseReturnValue:
    found = wired().letter_choices.read_stop_word(secret)
    account = wired().accounts.get(found[0]) if found else None
    if found is None or account is None:
        return make_response(render_template("pages/letter_stops/unknown.html"), 404)
    connection = wired().connections.get(account.org)
    return make_response(
        render_template(
            "pages/letter_stops/one.html",
            secret=secret,
            title=CHOICES[found[1]][0],
            is_done=is_done,
            merchant=wired()
            .portal_settings.get(account.org)
            .name_over(connection.name if connection else ""),
        )
    )
