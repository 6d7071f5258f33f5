"""Activity of the client's own company: as a page and as a download."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from gateway.requests.activity_groups import GROUPS, activity_group
from gateway.requests.client_activity import client_activity
from gateway.web.access import ClientVisit, client_only
from gateway.web.csv_export import csv_text
from gateway.web.template_filters import iso

bp = Blueprint("activity", __name__)

MAX_SHOWN, MAX_EXPORTED = 100, 5_000
COLUMNS = ("at", "what", "happened", "zoho", "receipt")


@bp.get("/activity")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    show = activity_group(request.args.get("show", ""))
    return render_template(
        "requests/activity.html",
        client_activity=client_activity(visit.scope, MAX_SHOWN, show),
        choices=GROUPS,
        show=show,
    )


@bp.get("/activity.csv")
@client_only
def as_csv(visit: ClientVisit) -> Response:
    answer = make_response(csv_text(COLUMNS, _rows(visit)))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = "attachment; filename=activity.csv"
    return answer


@bp.get("/activity.json")
@client_only
def as_json(visit: ClientVisit) -> Response:
    answer = jsonify(activity=[dict(zip(COLUMNS, row, strict=True)) for row in _rows(visit)])
    answer.headers["Content-Disposition"] = "attachment; filename=activity.json"
    return answer


def _rows(visit: ClientVisit) -> list[tuple[str, ...]]:
    group = activity_group(request.args.get("show", ""))
    return [
        (iso(item.at), item.what, item.text, item.zoho, item.receipt)
        for item in client_activity(visit.scope, MAX_EXPORTED, group)
    ]
