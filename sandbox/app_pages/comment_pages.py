"""Commenting on estimates and invoices, as the merchant does."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import history
from sandbox.app_pages.blueprint import app_pages, organisation_or_404, person_of, record_or_404
from sandbox.runtime import place


@app_pages.post("/<organization_id>/<any(estimates,invoices):kind>/<key>/comments")
def comment(organization_id: str, kind: str, key: str) -> ResponseReturnValue:
    """Listed with the comments made by applications; `shown` is whether clients may see it."""
    org, here = organisation_or_404(organization_id), place()
    record_or_404(org.documents(kind), key)
    text = request.form.get("description", "").strip()
    if text:
        history.note(
            here.world,
            here.centre,
            org,
            document_id=key,
            transaction_type=kind[:-1],
            by=person_of(org),
            description=text,
            comment_type="internal",
            operation_type="Added",
            shown="shown" in request.form,
        )
    if kind == "estimates":
        return redirect(url_for(".estimate", organization_id=org.id, estimate_id=key), 303)
    return redirect(url_for(".invoice", organization_id=org.id, invoice_id=key), 303)
