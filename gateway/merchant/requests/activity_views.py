"""What happened in an organisation, to look at and to take away: also after it was disconnected."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue

from gateway.merchant.requests.activity_lines import activity_lines, details_of
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.csv_export import csv_text
from gateway.web.services import services
from gateway.web.template_filters import iso

bp = Blueprint("merchant_activity", __name__)

MAX_SHOWN, MAX_EXPORTED = 100, 50_000
COLUMNS = ("number", "at", "who", "event", "details")


@bp.get("/merchant/<org_key:org>/activity")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    lines = activity_lines(visit, services().activity.recent(visit.org, MAX_SHOWN))
    return render_template("merchant/requests/activity.html", lines=lines, max_shown=MAX_SHOWN)


@bp.get("/merchant/<org_key:org>/activity.csv")
@organisation_only
def as_csv(visit: OrganisationVisit) -> Response:
    """Newest first, numbers unbroken: a row that was taken out would be missed."""
    rows = [
        (str(item.number), iso(item.at), item.actor, item.event, details_of(item.fields))
        for item in services().activity.recent(visit.org, MAX_EXPORTED)
    ]
    answer = make_response(csv_text(COLUMNS, rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=activity-{visit.org}.csv"
    return answer
