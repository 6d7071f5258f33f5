"""The style sheet of a colour, and merchants' logos: under addresses that say all, so that browsers keep them
for good.
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
    """The accents of this colour, made readable."""
    return Response(stylesheet(f"#{colour}"), mimetype="text/css")


@bp.get("/colours/<colour:colour>/preview.css")
@open_to_all
def preview(colour: str) -> Response:
    """The same for the preview on the merchant's page alone."""
    return Response(stylesheet(f"#{colour}", selector=".branding-preview"), mimetype="text/css")


@bp.get("/logos/<logo_name:name>")
@open_to_all
def logo(name: str) -> Response:
    """A picture whose kind was judged by its content. Shown in letters as well, so other origins may show
    it.
    """
    found = services().logos.get(name) or abort(404)
    answer = Response(found.content, mimetype=found.kind)
    answer.headers["Content-Disposition"] = "inline"
    return answer
