"""Choosing an organisation, and the style sheet."""

from __future__ import annotations

from flask import Response, render_template

from sandbox.app_pages.blueprint import app_pages, organisation_or_404
from sandbox.balances import invoice_status
from sandbox.lifecycle import estimate_status
from sandbox.runtime import place


@app_pages.get("/")
def organisations() -> str:
    """All organisations of this data centre, with links to the other data centres."""
    here = place()
    return render_template(
        "app/organisations.html",
        organisations=here.centre.organisations.values(),
        dc=here.dc,
        origins=here.runtime.origins,
    )


@app_pages.get("/<organization_id>/")
def organisation(organization_id: str) -> str:
    """Number of documents per status."""
    org = organisation_or_404(organization_id)
    today = place().world.today(org).isoformat()
    counts: dict[str, dict[str, int]] = {"estimates": {}, "invoices": {}}
    for estimate in org.estimates.values():
        status = estimate_status(estimate, today)
        counts["estimates"][status] = counts["estimates"].get(status, 0) + 1
    for invoice in org.invoices.values():
        status = invoice_status(invoice, today)
        counts["invoices"][status] = counts["invoices"].get(status, 0) + 1
    return render_template("app/organisation.html", org=org, counts=counts, today=today)


@app_pages.get("/sandbox.css")
def style_sheet() -> Response:
    return Response(render_template("app/sandbox.css"), mimetype="text/css")
