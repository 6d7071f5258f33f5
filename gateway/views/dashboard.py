"""The client's home: what needs them first, then how much, then who."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from gateway.access import ClientVisit, client_only
from gateway.merchant.merchant_details import profile_of
from gateway.reading.document_kinds import ESTIMATES, INVOICES, PAYMENTS
from gateway.reading.home_figures import read_home
from gateway.reading.list_reading import freshness

bp = Blueprint("dashboard", __name__)

SHOWN_AT_ONCE = 3


@bp.get("/")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template(
        "pages/dashboard.html",
        home=read_home(visit),
        shown=SHOWN_AT_ONCE,
        merchant=profile_of(visit.connection),
        invoices_freshness=freshness(visit, INVOICES.name, None),
        estimates_freshness=freshness(visit, ESTIMATES.name, None),
        payments_freshness=freshness(visit, PAYMENTS.name, None),
    )
