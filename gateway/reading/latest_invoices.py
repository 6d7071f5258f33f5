"""The latest amount of each recurring invoice. Zoho's list has no amounts; the generated invoices do
(zoho.md 4.7).
"""

from __future__ import annotations

from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from gateway.web.access import ClientVisit
from gateway.web.services import services

SEARCH_LIMIT = 200
"""Newest invoices of the customer among which each plan's last one is looked for."""


def latest_invoices(visit: ClientVisit) -> dict[str, Invoice]:
    """Plan → the newest invoice generated from it."""
    plans = services().invoice_plans.by_invoice(visit.scope)
    if not plans:
        return {}
    page = services().mirror.page(
        visit.scope,
        INVOICES.name,
        hidden=INVOICES.hidden_statuses,
        sort="date",
        descending=True,
        offset=0,
        limit=SEARCH_LIMIT,
    )
    newest: dict[str, Invoice] = {}
    for row in page.rows:
        if row.id in plans:
            newest.setdefault(plans[row.id], INVOICES.document.from_stored(row.body))
    return newest
