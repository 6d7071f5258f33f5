"""One page per kind of error. Error pages use only the layout and never call Redis or Zoho, which may be
the cause.
"""

from __future__ import annotations

import structlog
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from cache.stores import AWAY, StoreUnavailable
from config.stored_messages import N_
from gateway.web.csrf import FormTooOld
from gateway.web.wording import _

log = structlog.get_logger()

RETRY_AFTER = 10
"""Seconds a browser is asked to wait while our store is away."""

ERROR_TEXTS = {
    400: (
        N_("This could not be read"),
        N_("The page sent something we could not understand. Nothing was changed."),
    ),
    401: (N_("Please sign in"), N_("You are signed out. Nothing was changed.")),
    404: (
        N_("There is no such page"),
        N_("The address may be mistyped, or what stood here is not there any more."),
    ),
    405: (
        N_("This page cannot be used that way"),
        N_("Nothing was changed. Please start again from the home page."),
    ),
    413: (
        N_("That was too much at once"),
        N_("The form you sent is larger than this portal accepts. Nothing was changed."),
    ),
    421: (
        N_("This is not the portal's own address"),
        N_("Please open the portal by the address that you were given."),
    ),
    429: (N_("Too many tries"), N_("Please wait a moment and try again.")),
}
OTHER_ERROR = (N_("This did not work"), N_("Nothing was changed. Please try again."))


def add_error_pages(app: Flask) -> None:
    """Renders every error as a plain page. 403 becomes 404, so that what belongs to others looks absent."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        code = error.code or 500
        if error.response is not None or code < 400:
            return make_response(error.get_response())
        return error_page(404 if code == 403 else code)

    @app.errorhandler(FormTooOld)
    def form_too_old(fault: FormTooOld) -> Response:
        log.warning("form_without_token", endpoint=request.endpoint)
        return make_response(render_template("errors/form_too_old.html"), 400)

    def store_unavailable(fault: Exception) -> Response:
        log.error("store_unavailable", endpoint=request.endpoint)
        response = make_response(render_template("errors/store_unavailable.html", seconds=RETRY_AFTER), 503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

    for away in (StoreUnavailable, *AWAY):
        app.register_error_handler(away, store_unavailable)

    @app.errorhandler(Exception)
    def unexpected_error(error: Exception) -> Response:
        log.exception("unexpected_error", endpoint=request.endpoint, error=type(error).__name__)
        return make_response(render_template("errors/unforeseen.html"), 500)


def error_page(code: int) -> Response:
    """The plain page for an HTTP status code."""
    return plain_page(code, ERROR_TEXTS.get(code, OTHER_ERROR))


def plain_page(code: int, texts: tuple[str, str]) -> Response:
    """An error page. texts: (title, text), both marked with N_."""
    title, text = texts
    return make_response(
        render_template("errors/plain_error.html", error_title=_(title), error_text=_(text)), code
    )
