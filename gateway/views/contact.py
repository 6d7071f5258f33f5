"""The merchant's own contact details, as Zoho has them."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from gateway.access import ClientVisit, client_only
from gateway.merchant_details import merchant_of

bp = Blueprint("contact", __name__)


@bp.get("/contact")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template("pages/contact.html", merchant=merchant_of(visit.connection), said_at=visit.connection.profile_said_at)
