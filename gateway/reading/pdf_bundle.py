"""Several PDFs in one zip: fetched from the client's call budget within a time limit. A text file in the
zip lists what is missing.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import structlog
from flask import abort

from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from gateway.reading.document_reader import DocumentIsCold, read_document
from gateway.reading.pdf_reader import file_name, pdf_content
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.wording import _

log = structlog.get_logger()

MAX_PDFS = 25
TIME_LIMIT = 15.0
"""Seconds that a person waits at most; what has not been read by then is missing from the file."""

SIZE_LIMIT = 48 * 1024 * 1024
"""Bytes of all PDFs together: they are held in memory."""


@dataclass(frozen=True)
class BundledInvoice:
    """An invoice whose PDF this client may download."""

    id: str
    number: str
    version: str


def bundled_invoices(visit: ClientVisit, ids: Iterable[str]) -> list[BundledInvoice]:
    """404 when only one of them is not this client's, not for clients, or gone. Zoho is asked for none that
    the list knows.
    """
    return [_bundled_invoice(visit, record_id) for record_id in ids]


def _bundled_invoice(visit: ClientVisit, invoice_id: str) -> BundledInvoice:
    row = services().mirror.get(visit.scope, INVOICES.name, invoice_id)
    if row is None:
        document = read_document(visit, INVOICES, invoice_id).document
        return BundledInvoice(document.id, document.number, document.version)
    if row.status in INVOICES.hidden_statuses:
        abort(404)
    return BundledInvoice(row.id, Invoice.from_stored(row.body).number, row.version)


def bundle_of(visit: ClientVisit, invoices: list[BundledInvoice]) -> bytes:
    """A zip with each PDF, and a text listing those that could not be fetched. Raises DocumentIsCold if
    none could.
    """
    until, size, missing, out = time.monotonic() + TIME_LIMIT, 0, [], io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for item, name in zip(invoices, _names(invoices), strict=True):
            content = _content(visit, item) if time.monotonic() < until else None
            if content is None or size + len(content) > SIZE_LIMIT:
                missing.append(item.number or item.id)
                continue
            size += len(content)
            bundle.writestr(name, content)
        if missing:
            bundle.writestr(f"{_('What is missing')}.txt", _missing_text(missing))
    if len(missing) == len(invoices):
        raise DocumentIsCold
    log.info(
        "pdfs_bundled",
        org=visit.scope.org,
        customer_id=visit.scope.customer_id,
        asked=len(invoices),
        missing=len(missing),
        bytes=size,
    )
    return out.getvalue()


def _content(visit: ClientVisit, one: BundledInvoice) -> bytes | None:
    try:
        return pdf_content(visit, INVOICES, one.id, one.version)
    except DocumentIsCold:
        return None


def _names(invoices: list[BundledInvoice]) -> Iterator[str]:
    """A unique file name for each."""
    used: set[str] = set()
    for invoice in invoices:
        name = file_name(INVOICES.name, invoice.number or invoice.id)
        yield name if name not in used else file_name(INVOICES.name, f"{invoice.number}-{invoice.id}")
        used.add(name)


def _missing_text(numbers: list[str]) -> str:
    words = _(
        "Zoho did not give these invoices in time. Please download them one by one, or try again later:"
    )
    return words + "\r\n\r\n" + "\r\n".join(numbers) + "\r\n"
