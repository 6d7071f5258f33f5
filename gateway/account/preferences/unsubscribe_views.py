"""One click in a letter stops letters of its kind, without a sign-in (RFC 8058): looking shows a page,
pressing does it.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from gateway.web.access import open_to_all, open_to_machines
from gateway.web.email_labels import OPTIONAL_EMAILS
from gateway.web.services import services

bp = Blueprint("unsubscribe", __name__)
log = structlog.get_logger()


@bp.get("/letters/stop/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    """Changes nothing: mail programs look at links before people do."""
    return _page(secret, is_done=False)


@bp.post("/letters/stop/<secret:secret>")
@open_to_machines
def confirm(secret: str) -> ResponseReturnValue:
    """Mail programs send this without a cookie or a token of ours; what proves it is the link itself, and it
    can do nothing else.
    """
    if found := services().email_preferences.read_unsubscribe_token(secret):
        services().email_preferences.stop(*found)
        log.info("emails_stopped", account=found[0], kind=found[1])
    return _page(secret, is_done=True)


def _page(secret: str, *, is_done: bool) -> ResponseReturnValue:
    found = services().email_preferences.read_unsubscribe_token(secret)
    account = services().accounts.get(found[0]) if found else None
    if found is None or account is None:
        return make_response(render_template("account/preferences/unsubscribe_unknown.html"), 404)
    connection = services().connections.get(account.org)
    return make_response(
        render_template(
            "account/preferences/unsubscribe.html",
            secret=secret,
            title=OPTIONAL_EMAILS[found[1]][0],
            is_done=is_done,
            merchant=services()
            .portal_settings.get(account.org)
            .displayed_name(connection.name if connection else ""),
        )
    )
