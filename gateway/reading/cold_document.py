"""The response when a document was never fetched and Zoho does not deliver it in time."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request

from config.stored_messages import N_
from gateway.reading.document_reader import DocumentIsCold
from gateway.web.errors import plain_page

COLD_RETRY = 3
"""Seconds until a page about something never read before asks again."""

ZOHO_UNREACHABLE = (
    N_("Zoho did not answer"),
    N_("Nothing was changed. Please go back and try again in a moment."),
)


def add_cold_document_page(app: Flask) -> None:
    """Only a GET page may retry by itself: a form submission would be lost or repeated."""

    @app.errorhandler(DocumentIsCold)
    def document_is_cold(fault: DocumentIsCold) -> Response:
        if request.method == "POST":
            return plain_page(409, ZOHO_UNREACHABLE)
        response = make_response(render_template("web/still_cold.html", seconds=COLD_RETRY), 202)
        response.headers["Retry-After"] = str(COLD_RETRY)
        return response
