"""The last look before somebody pays: the invoice as Zoho has it now, and what changed since it was known
last.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.errors import ZohoError
from connectors.zoho.zoho_lines import ZohoLines
from gateway.access import ClientVisit
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_kinds import INVOICES
from gateway.reading.document_reading import Reading
from gateway.template_filters import day, money
from gateway.wiring import wired
from gateway.wording import _


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise now, in words."""

    what: str
    before: str
    now: str


def look_last(visit: ClientVisit, known: Reading[Invoice]) -> Reading[Invoice]:
    """The invoice read anew and kept for the pages; the known one, as old, when Zoho cannot be asked. 404
    when it is not theirs now.
    """
    wiring, invoice_id = wired(), known.document.id

    def ask(zoho: ZohoLines) -> Reading[Invoice]:
        said = zoho.books.invoices.get(invoice_id)
        if said.value.customer_id == visit.scope.customer_id:
            wiring.documents.put(
                visit.scope.org,
                INVOICES.name,
                invoice_id,
                said.value.version,
                said.value.stored(),
                said.said_at,
            )
        return Reading(said.value, said.said_at)

    try:
        fresh = ask_for_person(visit, ("last look", invoice_id), ask, kept=lambda: None)
    except (ZohoError, TakesTooLong):
        return Reading(known.document, known.said_at, is_old=True)
    if fresh.document.customer_id != visit.scope.customer_id or not fresh.document.is_for_clients:
        abort(404)
    if fresh.document.version != known.document.version:
        # The list's row and whatever waits for this invoice follow behind the page.
        wiring.doorbell.ring_document(visit.scope.org, INVOICES.name, invoice_id)
    return fresh


def changes_between(before: Invoice, now: Invoice) -> list[Change]:
    """What somebody who is about to pay must be told."""
    told = [
        Change(_("Still to pay"), money(before.balance, before.currency), money(now.balance, now.currency)),
        Change(_("Total"), money(before.total, before.currency), money(now.total, now.currency)),
        Change(_("Due"), day(before.due_on), day(now.due_on)),
    ]
    return [one for one in told if one.before != one.now]


def seen_mark(invoice: Invoice) -> str:
    """What a form carries of the invoice that its page showed."""
    return f"{invoice.balance}|{invoice.total}|{invoice.due_on or ''}|{invoice.currency}"
