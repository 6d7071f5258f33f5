"""The client's home page: what needs action, then amounts, then people."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from connectors.zoho.document_kinds import ESTIMATES, INVOICES, PAYMENTS
from gateway.documents.home_figures import read_home
from gateway.reading.list_reader import freshness
from gateway.reading.organisation_details import organisation_profile
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("dashboard", __name__)

MAX_SHOWN = 3


@bp.get("/")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template(
        "documents/home.html",
        home=read_home(visit),
        max_shown=MAX_SHOWN,
        merchant=organisation_profile(visit.connection),
        invoices_freshness=freshness(visit, INVOICES.name, None),
        estimates_freshness=freshness(visit, ESTIMATES.name, None),
        payments_freshness=freshness(visit, PAYMENTS.name, None),
    )
