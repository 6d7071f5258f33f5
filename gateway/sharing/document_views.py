"""Pages of a shared link: one document and its PDF. All invalid links get the same response, whatever the
reason.
"""

from __future__ import annotations

from flask import Blueprint, g, make_response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from gateway.sharing.shared_visits import SharedVisit, read_shared, shared_pdf, shared_visit
from gateway.web.access import open_to_all

bp = Blueprint("shared_documents", __name__)


@bp.get("/shared/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    visit = _open_visit(secret)
    if visit is None:
        return _closed()
    try:
        reading = read_shared(visit)
    except NotFound:
        return _closed()
    return render_template("sharing/document.html", reading=reading, secret=secret)


@bp.get("/shared/<secret:secret>/pdf")
@open_to_all
def pdf(secret: str) -> ResponseReturnValue:
    visit = _open_visit(secret)
    if visit is None:
        return _closed()
    try:
        response = shared_pdf(visit)
    except NotFound:
        return _closed()
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _open_visit(secret: str) -> SharedVisit | None:
    visit = shared_visit(secret)
    if visit is not None:
        g.visit, g.time_zone = visit, visit.connection.time_zone
    return visit


def _closed() -> ResponseReturnValue:
    """Without the merchant's branding and language, which would reveal that the link once worked."""
    g.pop("visit", None)
    return make_response(render_template("sharing/closed.html"), 404)
