"""Invoices, as the merchant works with them: list, open, create, edit, send, void."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import invoice_lifecycle, invoice_settling
from sandbox.amounts import json_number
from sandbox.app_pages.blueprint import app_pages, organisation_or_404, person_of, record_or_404
from sandbox.app_pages.document_form import SPARE_LINES, FormProblem, read_document
from sandbox.app_pages.list_page import document_list
from sandbox.applied_payments import payments_on
from sandbox.balances import balance_of, invoice_status
from sandbox.books.record_fields import comments_of
from sandbox.refusals import Refused
from sandbox.runtime import place
from sandbox.world import Organisation, Record


@app_pages.get("/<organization_id>/invoices")
def invoices(organization_id: str) -> str:
    org = organisation_or_404(organization_id)
    today = place().world.today(org).isoformat()
    return document_list(org, "invoices", "invoice", lambda one: invoice_status(one, today))


@app_pages.get("/<organization_id>/invoices/<invoice_id>")
def invoice(organization_id: str, invoice_id: str) -> str:
    org = organisation_or_404(organization_id)
    return _page(org, record_or_404(org.invoices, invoice_id))


@app_pages.route("/<organization_id>/invoices/new", methods=["GET", "POST"])
def create_invoice(organization_id: str) -> ResponseReturnValue:
    org = organisation_or_404(organization_id)
    if request.method == "GET":
        return _form(org, None)
    here = place()
    try:
        values = read_document(here.centre, org, request.form, end="due_date", known=None)
    except FormProblem as problem:
        return _form(org, None, str(problem)), 400
    made = invoice_lifecycle.new_invoice(
        here.world, here.centre, org, person_of(org), status="draft", **values
    )
    return redirect(url_for(".invoice", organization_id=org.id, invoice_id=made["invoice_id"]), 303)


@app_pages.route("/<organization_id>/invoices/<invoice_id>/edit", methods=["GET", "POST"])
def change_invoice(organization_id: str, invoice_id: str) -> ResponseReturnValue:
    org = organisation_or_404(organization_id)
    document = record_or_404(org.invoices, invoice_id)
    if request.method == "GET":
        return _form(org, document)
    here = place()
    try:
        values = read_document(here.centre, org, request.form, end="due_date", known=document)
    except FormProblem as problem:
        return _form(org, document, str(problem)), 400
    invoice_lifecycle.edit_invoice(
        here.world,
        here.centre,
        org,
        person_of(org),
        document,
        {
            "date": values["date"],
            "due_date": values["due_date"],
            "line_items": values["lines"],
            "reference_number": values["reference"],
            "notes": values["notes"],
            "terms": values["terms"],
        },
    )
    return redirect(url_for(".invoice", organization_id=org.id, invoice_id=invoice_id), 303)


@app_pages.post("/<organization_id>/invoices/<invoice_id>/<any(sent,void,draft,writeoff,restore):action>")
def act_on_invoice(organization_id: str, invoice_id: str, action: str) -> ResponseReturnValue:
    """The page's buttons; refusals are shown with Zoho's message."""
    org, here = organisation_or_404(organization_id), place()
    document = record_or_404(org.invoices, invoice_id)
    act = {
        "sent": invoice_lifecycle.mark_sent,
        "void": invoice_lifecycle.void,
        "draft": invoice_lifecycle.back_to_draft,
        "writeoff": invoice_settling.write_off,
        "restore": invoice_settling.cancel_write_off,
    }[action]
    try:
        act(here.world, here.centre, org, document, person_of(org))
    except Refused as refused:
        return _page(org, document, refused.message), 409
    return redirect(url_for(".invoice", organization_id=org.id, invoice_id=invoice_id), 303)


def _page(org: Organisation, document: Record, problem: str = "") -> str:
    own_id = document["invoice_id"]
    return render_template(
        "app/invoice.html",
        org=org,
        document=document,
        status=invoice_status(document, place().world.today(org).isoformat()),
        payments=payments_on(org, own_id),
        balance=json_number(balance_of(document), org.precision(document["currency_code"])),
        comments=comments_of(org, own_id, "invoice_id"),
        problem=problem,
    )


def _form(org: Organisation, document: Record | None, problem: str = "") -> str:
    today = place().world.today(org)
    return render_template(
        "app/document_form.html",
        org=org,
        document=document,
        kind="invoice",
        end="due_date",
        end_label="Due date",
        problem=problem,
        date=today.isoformat(),
        end_date=(today + timedelta(days=30)).isoformat(),
        typed=request.form,
        lines=[*(document["line_items"] if document else []), *({} for _ in range(SPARE_LINES))],
    )
