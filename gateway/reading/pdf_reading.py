"""PDFs of documents: kept by version, asked of Zoho within the page's time, sent under a file name of our
own.
"""

from __future__ import annotations

import re
from typing import TypeVar

from flask import Response, abort

from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.errors import ZohoError, ZohoNotFound
from connectors.zoho.zoho_lines import ZohoLines
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_kinds import DocumentKind
from gateway.reading.document_reading import DocumentIsCold, read_document
from gateway.visits import Reader
from gateway.wiring import wired

D = TypeVar("D", Estimate, Invoice, Payment, CreditNote)
NOT_FOR_FILE_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


def pdf_answer(visit: Reader, kind: DocumentKind[D], document_id: str) -> Response:
    """The PDF as a download. Whether the client may see the document is settled by reading the document
    first.
    """
    if kind.ask_pdf is None:
        abort(404)
    document = read_document(visit, kind, document_id).document
    content = pdf_content(visit, kind, document_id, document.version)
    response = Response(content, mimetype="application/pdf")
    response.headers.set(
        "Content-Disposition", "attachment", filename=file_name(kind.noun, document.number or document_id)
    )
    return response


def pdf_content(visit: Reader, kind: DocumentKind[D], document_id: str, version: str) -> bytes:
    """The PDF of this version, for who has settled that the client may see the document. 404 when Zoho has it
    no more; raises DocumentIsCold.
    """
    ask_pdf, pdfs, org = kind.ask_pdf, wired().pdfs, visit.scope.org
    if ask_pdf is None:
        abort(404)

    def ask(zoho: ZohoLines) -> bytes:
        content = ask_pdf(zoho, document_id).content
        pdfs.put(org, kind.name, document_id, version, content)
        return content

    def kept() -> bytes | None:
        return pdfs.get(org, kind.name, document_id, version)

    content = kept()
    if content is not None:
        return content
    try:
        return ask_for_person(visit, (kind.name, document_id, "pdf"), ask, kept=kept)
    except ZohoNotFound:
        abort(404)
    except (ZohoError, TakesTooLong) as trouble:
        raise DocumentIsCold from trouble


def file_name(noun: str, number: str) -> str:
    """ "Estimate-EST-000042.pdf": letters, digits and dashes only, whatever the number holds."""
    return f"{noun.capitalize().replace(' ', '-')}-{NOT_FOR_FILE_NAMES.sub('-', number).strip('-.')[:60] or 'document'}.pdf"
