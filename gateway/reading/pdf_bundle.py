"""Several PDFs in one file: read through with the person's budget, within a bounded time; what is missing is
said inside.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import structlog
from flask import abort

from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit
from gateway.reading.document_kinds import INVOICES
from gateway.reading.document_reading import DocumentIsCold, read_document
from gateway.reading.pdf_reading import file_name, pdf_content
from gateway.wiring import wired
from gateway.wording import _

log = structlog.get_logger()

MOST_PDFS = 25
LONGEST = 15.0
"""Seconds that a person waits at most; what has not been read by then is missing from the file."""

LARGEST = 48 * 1024 * 1024
"""Bytes of all PDFs together: they are held in memory."""


@dataclass(frozen=True)
class Wanted:
    """An invoice whose PDF this client may have."""

    id: str
    number: str
    version: str


def wanted_invoices(visit: ClientVisit, ids: Iterable[str]) -> list[Wanted]:
    """404 when only one of them is not this client's, not for clients, or gone. Zoho is asked for none that
    the list knows.
    """
    return [_wanted(visit, one) for one in ids]


def _wanted(visit: ClientVisit, invoice_id: str) -> Wanted:
    row = wired().mirror.one(visit.scope, INVOICES.name, invoice_id)
    if row is None:
        document = read_document(visit, INVOICES, invoice_id).document
        return Wanted(document.id, document.number, document.version)
    if row.status in INVOICES.hidden_statuses:
        abort(404)
    return Wanted(row.id, Invoice.from_stored(row.body).number, row.version)


def bundle_of(visit: ClientVisit, wanted: list[Wanted]) -> bytes:
    """A zip with a PDF of each, and a text that names those that could not be read. Raises DocumentIsCold
    when not one could.
    """
    until, size, missing, out = time.monotonic() + LONGEST, 0, [], io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for one, name in zip(wanted, _names(wanted), strict=True):
            content = _content(visit, one) if time.monotonic() < until else None
            if content is None or size + len(content) > LARGEST:
                missing.append(one.number or one.id)
                continue
            size += len(content)
            bundle.writestr(name, content)
        if missing:
            bundle.writestr(f"{_('What is missing')}.txt", _missing_words(missing))
    if len(missing) == len(wanted):
        raise DocumentIsCold
    log.info(
        "pdfs_bundled",
        org=visit.scope.org,
        customer_id=visit.scope.customer_id,
        asked=len(wanted),
        missing=len(missing),
        bytes=size,
    )
    return out.getvalue()


def _content(visit: ClientVisit, one: Wanted) -> bytes | None:
    try:
        return pdf_content(visit, INVOICES, one.id, one.version)
    except DocumentIsCold:
        return None


def _names(wanted: list[Wanted]) -> Iterator[str]:
    """A file name for each, none of them twice."""
    used: set[str] = set()
    for one in wanted:
        name = file_name(INVOICES.noun, one.number or one.id)
        yield name if name not in used else file_name(INVOICES.noun, f"{one.number}-{one.id}")
        used.add(name)


def _missing_words(numbers: list[str]) -> str:
    words = _(
        "Zoho did not give these invoices in time. Please download them one by one, or try again later:"
    )
    return words + "\r\n\r\n" + "\r\n".join(numbers) + "\r\n"
