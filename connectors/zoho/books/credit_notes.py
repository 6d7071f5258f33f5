"""Credit notes: read (zoho.md 4.7)."""

from __future__ import annotations

from connectors.zoho.api.document_client import PrintedDocumentClient
from connectors.zoho.books import operations
from connectors.zoho.documents.credit_note import CreditNote


class CreditNotes(PrintedDocumentClient[CreditNote]):
    """modified_since is not documented for credit notes (zoho.md 2.6)."""

    document = CreditNote
    list_operation, list_key = operations.LIST_CREDIT_NOTES, "creditnotes"
    get_operation, key = operations.GET_CREDIT_NOTE, "creditnote"
