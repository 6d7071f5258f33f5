"""How late changes were found, from what Zoho says about them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from connectors.zoho.documents.mirrored_document import MirroredDocument


def lags(
    documents: Iterable[MirroredDocument], *, stored: Iterable[str], after: str, as_of: dt.datetime
) -> list[float]:
    """Seconds between change and reading of the documents that were news: stored now, and changed after the
    cursor.

    Before the first cursor nothing counts: what was there already when the merchant connected did not come
    late.
    """
    news = set(stored)
    return [
        (as_of - dt.datetime.fromisoformat(one.version)).total_seconds()
        for one in documents
        if after and one.version > after and one.id in news
    ]
