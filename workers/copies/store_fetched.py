"""Store what Zoho returned into the copies: list rows and whole documents. If copies are down, they are
fetched later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import structlog

from cache.copies.mirror.mirror import PutResult
from cache.stores import StoreUnavailable, store_errors
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.documents.mirrored_document import MirroredDocument
from workers.copies.mirror_rows import mirror_row
from workers.services import Services

log = structlog.get_logger()


def store_rows(
    services: Services, org: str, kind: str, documents: Iterable[MirroredDocument], as_of: dt.datetime
) -> PutResult:
    """Store the rows of a list page. Raises StoreUnavailable: a page that was not stored must be
    read again.
    """
    with store_errors():
        return services.mirror.put_page(org, [mirror_row(kind, document, as_of) for document in documents])


def store_document(services: Services, org: str, kind: str, fetched: Fetched[MirroredDocument]) -> bool:
    """Store a whole document and its row, so that the next page view is right; returns whether it was new.
    Never raises because the copies are down.
    """
    document = fetched.value
    try:
        with store_errors():
            services.documents.put(
                org, kind, document.id, document.version, document.to_stored(), fetched.as_of
            )
            return bool(services.mirror.put_page(org, [mirror_row(kind, document, fetched.as_of)]).stored)
    except StoreUnavailable as fault:
        log.warning("copy_not_stored", org=org, kind=kind, document=document.id, why=str(fault))
        return False
