"""The kinds of documents that are mirrored from Zoho. Each layer has one table with a row for every kind:
connectors/zoho/document_kinds.py, workers/copies/document_kinds.py and gateway/document_kinds.py.
"""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """In the order in which a first sync reads their lists. The value names the list in keys and jobs."""

    CONTACTS = "contacts"
    ESTIMATES = "estimates"
    INVOICES = "invoices"
    PAYMENTS = "payments"
    CREDIT_NOTES = "credit_notes"
    SUBSCRIPTIONS = "subscriptions"
    RECURRING_INVOICES = "recurring_invoices"
