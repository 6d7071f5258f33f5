"""Portal settings: what clients may see and do."""

from __future__ import annotations

import dataclasses

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.portal_settings import PortalSettings
from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.merchant_settings import SettingsForm
from gateway.forms.posted_form import read_form
from gateway.wiring import wired

bp = Blueprint("merchant_settings", __name__)

SWITCHES = (
    ("may_accept", "Clients may accept estimates", "Shows Accept on every estimate that waits for an answer."),
    ("may_decline", "Clients may decline estimates", "Shows Decline under More."),
    ("asks_decline_reason", "Ask why when an estimate is declined", "The reason is optional; it becomes a comment in Zoho."),
    ("may_comment", "Clients may comment on estimates and invoices", "The comment stands in Zoho with the client's name in it."),
    (
        "may_edit_details", "Clients may edit their details",
        "Name, phones and position of the person, name, addresses and first contact of the company; they change in Zoho.",
    ),
    ("may_report_payment", "Clients may report payments made elsewhere", "Nothing is booked before you have confirmed it here."),
    ("may_apply_credit", "Clients may use their credit", "Open credit notes and what is left of payments can be used for an invoice."),
    ("may_replace_card", "Clients may replace the card of a subscription", "On Zoho's own page. No card can be added here."),
    ("mails_receipts", "Send receipts by mail", "A letter to whoever asked, once Zoho has confirmed it or it did not come about."),
    ("shows_mail", "Show your mail address as a link", "Clients can write to you with one click from the contact page."),
)  # fmt: skip
"""Field, what it is called, and one sentence that says what it does."""


@bp.get("/merchant/<org_key:org>/settings")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    settings = wired().portal_settings.get(visit.org)
    return render_template(
        "pages/merchant/settings.html", settings=settings, switches=SWITCHES, errors={}, is_saved=request.args.get("saved") == "1"
    )


@bp.post("/merchant/<org_key:org>/settings")
@organisation_only
def save(visit: OrganisationVisit) -> ResponseReturnValue:
    posted = read_form(SettingsForm(), request.form)
    if posted.errors:
        as_typed = {name: request.form.get(name, "") for name in ("banner", "unique_payment_field")}
        typed = PortalSettings(**{**posted.values, **as_typed})
        page = render_template("pages/merchant/settings.html", settings=typed, switches=SWITCHES, errors=posted.errors, is_saved=False)
        return make_response(page, 422)
    kept = dataclasses.replace(wired().portal_settings.get(visit.org), **posted.values)
    wired().portal_settings.save(visit.org, kept)
    wired().activity.append(visit.org, visit.merchant.id, "settings_saved", {})
    return redirect(url_for("merchant_settings.show", org=visit.org, saved=1), code=303)
