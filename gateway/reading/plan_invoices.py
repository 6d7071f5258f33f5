"""The newest invoices generated from a plan."""

from __future__ import annotations

from cache.copies.mirror.row_facets import RowFilter
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from gateway.web.access import ClientVisit
from gateway.web.services import services

LIMIT = 5


def plan_invoices(visit: ClientVisit, plan: str) -> list[Invoice]:
    """Newest first; none while it is not known which invoices belong to the plan, or where the merchant shows
    no invoices.
    """
    if not plan or not visit.shows("invoices"):
        return []
    page = services().mirror.page(
        visit.scope,
        INVOICES.name,
        hidden=INVOICES.hidden_statuses,
        narrowed=RowFilter(plan=plan),
        sort="date",
        descending=True,
        offset=0,
        limit=LIMIT,
    )
    return [Invoice.from_stored(row.body) for row in page.rows] if page.is_complete else []
