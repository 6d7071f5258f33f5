"""One page per kind of trouble. Error pages are built from the layout alone: none of them asks Redis or Zoho
for anything.
"""

from __future__ import annotations

import structlog
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from cache.redis_connections import AWAY, StoreUnavailable
from config.phrases import marked
from gateway.csrf import FormTooOld
from gateway.reading.document_reading import DocumentIsCold
from gateway.wording import _

log = structlog.get_logger()

RETRY_AFTER = 10
"""Seconds a browser is asked to wait while our store is away."""

COLD_RETRY = 3
"""Seconds until a page about something never read before asks again."""

WORDS = {
    400: (
        marked("This could not be read"),
        marked("The page sent something we could not understand. Nothing was changed."),
    ),
    401: (marked("Please sign in"), marked("You are signed out. Nothing was changed.")),
    404: (
        marked("There is no such page"),
        marked("The address may be mistyped, or what stood here is not there any more."),
    ),
    405: (
        marked("This page cannot be used that way"),
        marked("Nothing was changed. Please start again from the home page."),
    ),
    413: (
        marked("That was too much at once"),
        marked("The form you sent is larger than this portal accepts. Nothing was changed."),
    ),
    421: (
        marked("This is not the portal's own address"),
        marked("Please open the portal by the address that you were given."),
    ),
    429: (marked("Too many tries"), marked("Please wait a moment and try again.")),
}
ZOHO_AWAY = (
    marked("Zoho did not answer"),
    marked("Nothing was changed. Please go back and try again in a moment."),
)
OTHERWISE = (marked("This did not work"), marked("Nothing was changed. Please try again."))


def add_error_pages(app: Flask) -> None:
    """Every error becomes a plain page of ours. 403 is answered as 404: foreign things look like absent
    ones.
    """

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

    @app.errorhandler(DocumentIsCold)
    def document_is_cold(fault: DocumentIsCold) -> Response:
        """Only a page can be asked for again by itself: what was sent would be lost, or done twice."""
        if request.method == "POST":
            return _plain(409, ZOHO_AWAY)
        response = make_response(render_template("pages/still_cold.html", seconds=COLD_RETRY), 202)
        response.headers["Retry-After"] = str(COLD_RETRY)
        return response

    def store_unavailable(fault: Exception) -> Response:
        log.error("store_unavailable", endpoint=request.endpoint)
        response = make_response(render_template("errors/store_unavailable.html", seconds=RETRY_AFTER), 503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

    for away in (StoreUnavailable, *AWAY):
        app.register_error_handler(away, store_unavailable)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.exception("unforeseen_error", endpoint=request.endpoint, error=type(error).__name__)
        return make_response(render_template("errors/unforeseen.html"), 500)


def error_page(code: int) -> Response:
    """The plain page of an HTTP error, with its words."""
    return _plain(code, WORDS.get(code, OTHERWISE))


def _plain(code: int, said: tuple[str, str]) -> Response:
    title, words = said
    return make_response(
        render_template("errors/plain_error.html", error_title=_(title), error_words=_(words)), code
    )
