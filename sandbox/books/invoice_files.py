"""`/invoices/{id}/attachment` and `/invoices/{id}/documents/{id}`: what the merchant attached (zoho.md
4.5).
"""

from __future__ import annotations

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.books.invoices import invoice_of
from sandbox.merchant_files import KINDS, content_of
from sandbox.refusals import not_found
from sandbox.runtime import place
from sandbox.times import zoho_time
from sandbox.world import Record


@books.get("/invoices/<invoice_id>/attachment")
@needs("invoices.READ")
def get_invoice_attachment(call: Call, invoice_id: str) -> Response:
    """The file attached last."""
    documents = invoice_of(call, invoice_id)["documents"]
    if not documents:
        raise not_found()
    return _file(documents[-1])


@books.get("/invoices/<invoice_id>/documents/<document_id>")
@needs("invoices.READ")
def get_invoice_document_details(call: Call, invoice_id: str, document_id: str) -> Response:
    """The file; with `responseformat=json` its metadata."""
    document = next(
        (
            document
            for document in invoice_of(call, invoice_id)["documents"]
            if document["document_id"] == document_id
        ),
        None,
    )
    if document is None:
        raise not_found()
    if request.args.get("responseformat") != "json":
        return _file(document)
    moment = zoho_time(document["created"], call.organisation.time_zone)
    return success(
        document={
            "document_id": document_id,
            "document_name": document["file_name"].rpartition(".")[0],
            "file_name": document["file_name"],
            "file_size": len(content_of(document)),
            "file_type": document["file_type"],
            "document_url": f"{place().origin}/books/v3/invoices/{invoice_id}/documents/{document_id}",
            "created_time": moment,
            "last_modified_time": moment,
        }
    )


def _file(document: Record) -> Response:
    return Response(
        content_of(document),
        mimetype=KINDS[document["file_type"]],
        headers={"Content-Disposition": f'attachment; filename="{document["file_name"]}"'},
    )
