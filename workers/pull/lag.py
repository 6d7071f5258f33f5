"""How late changes were found, by Zoho's modification times. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from connectors.zoho.documents.mirrored_document import MirroredDocument


def lags(
    documents: Iterable[MirroredDocument], *, stored: Iterable[str], after: str, as_of: dt.datetime
) -> list[float]:
    """Seconds between modification and storage, for documents that are stored now and changed after the
    cursor.

    Nothing counts before the first cursor: what existed when the merchant connected was not late.
    """
    news = set(stored)
    return [
        (as_of - dt.datetime.fromisoformat(document.version)).total_seconds()
        for document in documents
        if after and document.version > after and document.id in news
    ]
