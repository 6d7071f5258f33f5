"""One list page for estimates and invoices: newest first, by status and by customer."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request

from sandbox.world import Organisation, Record

ROWS = 50


def document_list(org: Organisation, kind: str, one: str, status_of: Callable[[Record], str]) -> str:
    """The page; `kind` is estimates or invoices, `one` its singular."""
    wanted, search = request.args.get("status", ""), request.args.get("search", "").strip().casefold()
    rows = [(record, status_of(record)) for record in org.documents(kind).values()]
    statuses = sorted({status for _, status in rows})
    rows = [
        (record, status)
        for record, status in rows
        if wanted in ("", status)
        and (search in record["customer_name"].casefold() or search in record[f"{one}_number"].casefold())
    ]
    rows.sort(key=lambda row: (row[0]["modified"], row[0][f"{one}_id"]), reverse=True)
    page = max(1, int(request.args["page"])) if request.args.get("page", "").isdecimal() else 1
    first = (page - 1) * ROWS
    return render_template(
        "app/documents.html",
        org=org,
        kind=kind,
        one=one,
        rows=rows[first : first + ROWS],
        total=len(rows),
        page=page,
        more=len(rows) > first + ROWS,
        statuses=statuses,
        wanted=wanted,
        search=request.args.get("search", ""),
    )
