"""PDFs of documents: kept by version, asked of Zoho within the page's time, sent under a file name of our own."""

from __future__ import annotations

import re
from typing import TypeVar

from flask import Response, abort

from cache.call_budget import CallClass
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.errors import ZohoError, ZohoNotFound
from gateway.access import ClientVisit
from gateway.cold_reads import TakesTooLong
from gateway.document_kinds import DocumentKind
from gateway.document_reading import DocumentIsCold, read_document, scope_key
from gateway.wiring import wired

D = TypeVar("D", Estimate, Invoice)
NOT_FOR_FILE_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


def pdf_answer(visit: ClientVisit, kind: DocumentKind[D], document_id: str) -> Response:
    """The PDF as a download. Whether the client may see the document is settled by reading the document first."""
    wiring, scope = wired(), visit.scope
    ask_pdf = kind.ask_pdf
    if ask_pdf is None:
        abort(404)
    document = read_document(visit, kind, document_id).document
    version = document.version
    content = wiring.pdfs.get(scope.org, kind.name, document_id, version) if version else None
    if content is None:

        def ask() -> bytes:
            answer = ask_pdf(wiring.zoho.books(scope.org, CallClass.PERSON), document_id)
            if version:
                wiring.pdfs.put(scope.org, kind.name, document_id, version, answer.content)
            return answer.content

        try:
            key = (*scope_key(scope), kind.name, document_id, "pdf")
            content = wiring.cold_reads.wait_for(key, ask, seconds=wiring.settings.page_time_budget)
        except ZohoNotFound:
            abort(404)
        except (ZohoError, TakesTooLong) as trouble:
            raise DocumentIsCold(f"PDF of this {kind.noun}") from trouble
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=file_name(kind.noun, document.number or document_id))
    return response


def file_name(noun: str, number: str) -> str:
    """ "Estimate-EST-000042.pdf": letters, digits and dashes only, whatever the number holds."""
    return f"{noun.capitalize()}-{NOT_FOR_FILE_NAMES.sub('-', number).strip('-.')[:60] or 'document'}.pdf"
