"""A document's version: its last modification time in Zoho, as text that sorts by time."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.documents.document import Document


class VersionedDocument(Document):
    """A document with a modification time; of two answers about it, the later version is newer."""

    modified_at: dt.datetime | None

    @property
    def version(self) -> str:
        """UTC ISO text, "2026-06-09T13:46:21+00:00"; "" if Zoho gives no time, as on some records (zoho.md
        9.10).
        """
        return "" if self.modified_at is None else self.modified_at.astimezone(dt.UTC).isoformat()
