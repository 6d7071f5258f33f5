"""Estimates, as the merchant works with them: list, open, create, edit, send, offer again, convert."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import lifecycle
from sandbox.app_pages.blueprint import app_pages, organisation_or_404, person_of, record_or_404
from sandbox.app_pages.document_form import SPARE_LINES, FormProblem, read_document
from sandbox.app_pages.list_page import document_list
from sandbox.books.record_fields import comments_of
from sandbox.estimate_drafting import edit_estimate, new_estimate
from sandbox.refusals import Refused
from sandbox.runtime import place
from sandbox.world import Organisation, Record


@app_pages.get("/<organization_id>/estimates")
def estimates(organization_id: str) -> str:
    org = organisation_or_404(organization_id)
    today = place().world.today(org).isoformat()
    return document_list(org, "estimates", "estimate", lambda one: lifecycle.estimate_status(one, today))


@app_pages.get("/<organization_id>/estimates/<estimate_id>")
def estimate(organization_id: str, estimate_id: str) -> str:
    org = organisation_or_404(organization_id)
    return _page(org, record_or_404(org.estimates, estimate_id))


@app_pages.route("/<organization_id>/estimates/new", methods=["GET", "POST"])
def create_estimate(organization_id: str) -> ResponseReturnValue:
    org = organisation_or_404(organization_id)
    if request.method == "GET":
        return _form(org, None)
    here = place()
    try:
        values = read_document(here.centre, org, request.form, end="expiry_date", known=None)
    except FormProblem as problem:
        return _form(org, None, str(problem)), 400
    made = new_estimate(here.world, here.centre, org, person_of(org), **values)
    return redirect(url_for(".estimate", organization_id=org.id, estimate_id=made["estimate_id"]), 303)


@app_pages.route("/<organization_id>/estimates/<estimate_id>/edit", methods=["GET", "POST"])
def change_estimate(organization_id: str, estimate_id: str) -> ResponseReturnValue:
    """Editing leaves the status alone: a declined estimate waits for "Mark as sent"."""
    org = organisation_or_404(organization_id)
    document = record_or_404(org.estimates, estimate_id)
    if request.method == "GET":
        return _form(org, document)
    here = place()
    try:
        values = read_document(here.centre, org, request.form, end="expiry_date", known=document)
    except FormProblem as problem:
        return _form(org, document, str(problem)), 400
    edit_estimate(
        here.world,
        here.centre,
        org,
        person_of(org),
        document,
        {
            "date": values["date"],
            "expiry_date": values["expiry_date"],
            "line_items": values["lines"],
            "reference_number": values["reference"],
            "notes": values["notes"],
            "terms": values["terms"],
        },
    )
    return redirect(url_for(".estimate", organization_id=org.id, estimate_id=estimate_id), 303)


@app_pages.post("/<organization_id>/estimates/<estimate_id>/<any(sent,accepted,declined,invoice):action>")
def act_on_estimate(organization_id: str, estimate_id: str, action: str) -> ResponseReturnValue:
    """The page's buttons; refusals are shown with Zoho's message."""
    org, here = organisation_or_404(organization_id), place()
    document = record_or_404(org.estimates, estimate_id)
    try:
        if action == "invoice":
            lifecycle.convert(here.world, here.centre, org, document, person_of(org), status="sent")
        else:
            act = {"sent": lifecycle.mark_sent, "accepted": lifecycle.accept, "declined": lifecycle.decline}[
                action
            ]
            act(here.world, here.centre, org, document, person_of(org))
    except Refused as refused:
        return _page(org, document, refused.message), 409
    return redirect(url_for(".estimate", organization_id=org.id, estimate_id=estimate_id), 303)


def _page(org: Organisation, document: Record, problem: str = "") -> str:
    return render_template(
        "app/estimate.html",
        org=org,
        document=document,
        status=lifecycle.estimate_status(document, place().world.today(org).isoformat()),
        comments=comments_of(org, document["estimate_id"], "estimate_id"),
        problem=problem,
    )


def _form(org: Organisation, document: Record | None, problem: str = "") -> str:
    today = place().world.today(org)
    return render_template(
        "app/document_form.html",
        org=org,
        document=document,
        kind="estimate",
        end="expiry_date",
        end_label="Expiry date",
        problem=problem,
        date=today.isoformat(),
        end_date=(today + timedelta(days=30)).isoformat(),
        lines=_lines(document),
        typed=request.form,
    )


def _lines(document: Record | None) -> list[Record]:
    return [*(document["line_items"] if document else []), *({} for _ in range(SPARE_LINES))]
