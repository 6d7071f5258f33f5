"""The version of a document: when Zoho says it was last modified, as text that sorts by time."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.documents.document import Document


class VersionedDocument(Document):
    """One that says when it was last modified; of two answers about it, the later version is newer."""

    modified_at: dt.datetime | None

    @property
    def version(self) -> str:
        """UTC ISO text, "2026-06-09T13:46:21+00:00"; "" when Zoho names no time, as it does on some records
        (zoho.md 9.10).
        """
        return "" if self.modified_at is None else self.modified_at.astimezone(dt.UTC).isoformat()
