"""What happened in an organisation, to look at and to take away: also after it was disconnected."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue

from gateway.access import OrganisationVisit, organisation_only
from gateway.csv_export import csv_text
from gateway.merchant.activity_lines import activity_lines, details_of
from gateway.template_filters import iso
from gateway.wiring import wired

bp = Blueprint("merchant_activity", __name__)

SHOWN, EXPORTED = 100, 50_000
COLUMNS = ("number", "at", "who", "event", "details")


@bp.get("/merchant/<org_key:org>/activity")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    lines = activity_lines(visit, wired().activity.recent(visit.org, SHOWN))
    return render_template("pages/merchant/activity.html", lines=lines, shown=SHOWN)


@bp.get("/merchant/<org_key:org>/activity.csv")
@organisation_only
def as_csv(visit: OrganisationVisit) -> Response:
    """Newest first, numbers unbroken: a row that was taken out would be missed."""
    rows = [
        (str(one.number), iso(one.at), one.actor, one.event, details_of(one.fields))
        for one in wired().activity.recent(visit.org, EXPORTED)
    ]
    answer = make_response(csv_text(COLUMNS, rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=activity-{visit.org}.csv"
    return answer
