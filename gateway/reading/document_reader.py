"""Documents for clients: the cached copy if it is the newest known version, else Zoho within the page's
time limit, else an older copy, else DocumentIsCold.

Ownership is checked here for every page: another customer's document looks like one that does not exist.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic

import structlog
from flask import abort

from cache.copies.mirror.mirror_row import MirrorRow
from cache.scope import CustomerScope
from connectors.zoho.api.errors import ZohoError, ZohoNotFound
from connectors.zoho.document_kinds import ZohoDocumentKind
from connectors.zoho.documents.mirrored_document import D
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.web.services import services
from gateway.web.visits import Reader
from workers.services import Services

log = structlog.get_logger()


@dataclass(frozen=True)
class LoadedDocument(Generic[D]):
    """A document and when it was fetched. is_stale: a newer version may exist, but Zoho could not be
    reached.
    """

    document: D
    as_of: dt.datetime
    is_stale: bool = False


class DocumentIsCold(Exception):
    """Nothing is cached and Zoho did not answer in time: the page says so and retries by itself."""


def read_document(visit: Reader, kind: ZohoDocumentKind[D], document_id: str) -> LoadedDocument[D]:
    """The document for this reader. Aborts with 404 if it is not theirs, not visible to clients, or
    deleted; raises DocumentIsCold if it is unavailable now.
    """
    app_services = services()
    row = app_services.mirror.get(visit.scope, kind.name, document_id)
    if row is None and app_services.mirror.is_complete(visit.scope.org, kind.name):
        abort(404)
    reading = _newest_copy(app_services, visit.scope, kind, document_id, row)
    if reading is None:
        reading = _fetch_or_stale(app_services, visit, kind, document_id, row)
    elif visit.is_connected:
        _refresh_in_background(app_services, visit, kind, document_id, reading)
    document = reading.document
    if document.customer_id != visit.scope.customer_id or document.status in kind.hidden_statuses:
        abort(404)
    return reading


def earlier_version(visit: Reader, kind: ZohoDocumentKind[D], document_id: str, version: str) -> D | None:
    """An earlier version of the document, if its copy is still cached."""
    reading = _copy(services(), visit.scope, kind, document_id, version)
    return reading.document if reading else None


def _copy(
    app_services: Services,
    scope: CustomerScope,
    kind: ZohoDocumentKind[D],
    document_id: str,
    version: str | None,
) -> LoadedDocument[D] | None:
    stored = app_services.documents.get(scope, kind.name, document_id, version)
    return None if stored is None else LoadedDocument(kind.document.from_stored(stored.body), stored.as_of)


def _newest_copy(
    app_services: Services,
    scope: CustomerScope,
    kind: ZohoDocumentKind[D],
    document_id: str,
    row: MirrorRow | None,
) -> LoadedDocument[D] | None:
    """The latest copy, unless the list knows a newer one: compared by version, or by time where Zoho gives
    no versions.
    """
    reading = _copy(app_services, scope, kind, document_id, None)
    if reading is None or row is None:
        return reading
    is_older = reading.document.version < row.version if row.version else reading.as_of < row.as_of
    return None if is_older else reading


def _refresh_in_background(
    app_services: Services,
    visit: Reader,
    kind: ZohoDocumentKind[D],
    document_id: str,
    reading: LoadedDocument[D],
) -> None:
    """Enqueues one refresh if neither the document nor its list was fetched within the merchant's freshness
    limit.
    """
    org, limit = visit.scope.org, dt.datetime.now(dt.UTC) - dt.timedelta(minutes=visit.settings.fresh_minutes)
    if (
        reading.as_of < limit
        and (app_services.sync_states.get(org, kind.name).last_success or reading.as_of) < limit
    ):
        app_services.job_queue.enqueue_document(org, kind.name, document_id)


def _fetch_or_stale(
    app_services: Services, visit: Reader, kind: ZohoDocumentKind[D], document_id: str, row: MirrorRow | None
) -> LoadedDocument[D]:
    scope = visit.scope

    def fetch(zoho: OrganisationClients) -> LoadedDocument[D]:
        fetched = kind.fetch(zoho, document_id)
        document = fetched.value
        if document.customer_id == scope.customer_id:
            app_services.documents.put(
                scope.org, kind.name, document_id, document.version, document.to_stored(), fetched.as_of
            )
        return LoadedDocument(document, fetched.as_of)

    try:
        return fetch_for_person(
            visit,
            (kind.name, document_id),
            fetch,
            cached=lambda: _newest_copy(app_services, scope, kind, document_id, row),
        )
    except ZohoNotFound:
        abort(404)
    except (ZohoError, FetchTimeout) as trouble:
        log.info(
            "document_not_read", org=scope.org, kind=kind.name, id=document_id, error=type(trouble).__name__
        )
        old = _copy(app_services, scope, kind, document_id, None)
        if old is None:
            raise DocumentIsCold from trouble
        return LoadedDocument(old.document, old.as_of, is_stale=True)
