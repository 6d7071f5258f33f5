"""Where a merchant is signed in, and the end of it: one session, or all others."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.account.security.forms import EndSessionForm
from gateway.web.access import MerchantVisit, merchant_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_sessions", __name__)


@bp.get("/merchant/sessions")
@merchant_only
def show(visit: MerchantVisit) -> ResponseReturnValue:
    sessions = services().sessions.of(visit.merchant.id)
    return render_template(
        "merchant/team/sessions.html", sessions=sessions, is_done=request.args.get("done") == "1"
    )


@bp.post("/merchant/sessions/end")
@merchant_only
def end_one(visit: MerchantVisit) -> ResponseReturnValue:
    """One of the others; one that is not theirs, or has ended meanwhile, is no fault."""
    wanted = str(read_form(EndSessionForm(), request.form).values.get("session", ""))
    if wanted != visit.session.id:
        services().sessions.end_one(visit.merchant.id, wanted)
    return redirect(url_for("merchant_sessions.show", done=1), code=303)


@bp.post("/merchant/sessions/end-others")
@merchant_only
def end_others(visit: MerchantVisit) -> ResponseReturnValue:
    services().sessions.end_all(visit.merchant.id, but=visit.session.id)
    return redirect(url_for("merchant_sessions.show", done=1), code=303)
