"""PDFs of documents: cached by version, fetched within the page's time limit, sent under a file name of
ours.
"""

from __future__ import annotations

import re

from flask import Response, abort

from cache.document_kind import DocumentKind
from connectors.zoho.api.errors import ZohoError, ZohoNotFound
from connectors.zoho.document_kinds import ZohoDocumentKind
from connectors.zoho.documents.mirrored_document import N
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.document_reader import DocumentIsCold, read_document
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.web.services import services
from gateway.web.visits import Reader

UNSAFE_CHARACTERS = re.compile(r"[^A-Za-z0-9._-]+")


def pdf_response(visit: Reader, kind: ZohoDocumentKind[N], document_id: str) -> Response:
    """The PDF as a download. Reading the document first checks that the client may see it."""
    if kind.fetch_pdf is None:
        abort(404)
    document = read_document(visit, kind, document_id).document
    content = pdf_content(visit, kind, document_id, document.version)
    response = Response(content, mimetype="application/pdf")
    response.headers.set(
        "Content-Disposition", "attachment", filename=file_name(kind.name, document.number or document_id)
    )
    return response


def pdf_content(visit: Reader, kind: ZohoDocumentKind[N], document_id: str, version: str) -> bytes:
    """This version's PDF; the caller has checked access. Aborts with 404 if Zoho no longer has it; raises
    DocumentIsCold.
    """
    fetch_pdf, pdfs, org = kind.fetch_pdf, services().pdfs, visit.scope.org
    if fetch_pdf is None:
        abort(404)

    def fetch(zoho: OrganisationClients) -> bytes:
        content = fetch_pdf(zoho, document_id).content
        pdfs.put(org, kind.name, document_id, version, content)
        return content

    def cached() -> bytes | None:
        return pdfs.get(org, kind.name, document_id, version)

    content = cached()
    if content is not None:
        return content
    try:
        return fetch_for_person(visit, (kind.name, document_id, "pdf"), fetch, cached=cached)
    except ZohoNotFound:
        abort(404)
    except (ZohoError, FetchTimeout) as trouble:
        raise DocumentIsCold from trouble


def file_name(kind: DocumentKind, number: str) -> str:
    """ "Estimate-EST-000042.pdf": letters, digits and dashes only, whatever the number holds."""
    noun = DOCUMENT_PAGES[kind].noun.capitalize().replace(" ", "-")
    safe_number = UNSAFE_CHARACTERS.sub("-", number).strip("-.")[:60] or "document"
    return f"{noun}-{safe_number}.pdf"
