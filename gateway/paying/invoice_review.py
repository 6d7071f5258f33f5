"""The check before paying: the invoice as Zoho has it now, and what changed since it was last fetched."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from connectors.zoho.api.errors import ZohoError
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.document_reader import LoadedDocument
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import day, money
from gateway.web.wording import _


@dataclass(frozen=True)
class InvoiceChange:
    """One change, as text for the client."""

    what: str
    before: str
    now: str


def review_invoice(visit: ClientVisit, known: LoadedDocument[Invoice]) -> LoadedDocument[Invoice]:
    """The invoice freshly fetched and cached; the known one, marked old, when Zoho cannot be reached. 404
    when it no longer belongs to this client.
    """
    app_services, invoice_id = services(), known.document.id

    def fetch(zoho: OrganisationClients) -> LoadedDocument[Invoice]:
        fetched = zoho.books.invoices.get(invoice_id)
        if fetched.value.customer_id == visit.scope.customer_id:
            app_services.documents.put(
                visit.scope.org,
                INVOICES.name,
                invoice_id,
                fetched.value.version,
                fetched.value.to_stored(),
                fetched.as_of,
            )
        return LoadedDocument(fetched.value, fetched.as_of)

    try:
        fresh = fetch_for_person(visit, ("invoice review", invoice_id), fetch, cached=lambda: None)
    except (ZohoError, FetchTimeout):
        return LoadedDocument(known.document, known.as_of, is_stale=True)
    if fresh.document.customer_id != visit.scope.customer_id or not fresh.document.is_for_clients:
        abort(404)
    if fresh.document.version != known.document.version:
        # The list's row and the orders waiting for this invoice are refreshed in the background.
        app_services.job_queue.enqueue_document(visit.scope.org, INVOICES.name, invoice_id)
    return fresh


def invoice_changes(before: Invoice, now: Invoice) -> list[InvoiceChange]:
    """Changes that matter to someone about to pay."""
    told = [
        InvoiceChange(
            _("Still to pay"), money(before.balance, before.currency), money(now.balance, now.currency)
        ),
        InvoiceChange(_("Total"), money(before.total, before.currency), money(now.total, now.currency)),
        InvoiceChange(_("Due"), day(before.due_on), day(now.due_on)),
    ]
    return [item for item in told if item.before != item.now]


def invoice_fingerprint(invoice: Invoice) -> str:
    """Fingerprint of the invoice as shown, carried by the form."""
    return f"{invoice.balance}|{invoice.total}|{invoice.due_on or ''}|{invoice.currency}"
