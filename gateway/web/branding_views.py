"""Colour stylesheets and merchants' logos. The URL identifies the content, so browsers may cache it
indefinitely.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort

from config.colours import stylesheet
from gateway.web.access import open_to_all
from gateway.web.services import services

bp = Blueprint("branding", __name__)


@bp.get("/colours/<colour:colour>.css")
@open_to_all
def colours(colour: str) -> Response:
    """The accent colours derived from this colour, adjusted for readable contrast."""
    return Response(stylesheet(f"#{colour}"), mimetype="text/css")


@bp.get("/colours/<colour:colour>/preview.css")
@open_to_all
def preview(colour: str) -> Response:
    """The same colours, scoped to the preview on the merchant's page."""
    return Response(stylesheet(f"#{colour}", selector=".branding-preview"), mimetype="text/css")


@bp.get("/logos/<logo_name:name>")
@open_to_all
def logo(name: str) -> Response:
    """A logo; its type was determined from its content. Emails show it too, so other origins may embed it."""
    found = services().logos.get(name) or abort(404)
    answer = Response(found.content, mimetype=found.kind)
    answer.headers["Content-Disposition"] = "inline"
    return answer
