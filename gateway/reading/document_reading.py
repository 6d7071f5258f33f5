"""Documents for clients: the copy of the newest known version if there is one, else Zoho within the page's
time, else an older copy, else cold.

Whose document it is, is settled here for every page: what belongs to another customer is as absent as what
never existed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic

import structlog
from flask import abort

from cache.copies.mirror_row import MirrorRow
from cache.scope import CustomerScope
from connectors.zoho.errors import ZohoError, ZohoNotFound
from connectors.zoho.zoho_lines import ZohoLines
from gateway.reading.asking_zoho import ask_for_person
from gateway.reading.cold_reads import TakesTooLong
from gateway.reading.document_kinds import D, DocumentKind
from gateway.visits import Reader
from gateway.wiring import Wiring, wired

log = structlog.get_logger()


@dataclass(frozen=True)
class Reading(Generic[D]):
    """A document and when Zoho said it. is_old: a newer version may exist, but Zoho could not be asked."""

    document: D
    said_at: dt.datetime
    is_old: bool = False


class DocumentIsCold(Exception):
    """Nothing is known of it yet and Zoho did not answer in time: the page says so and tries again by
    itself.
    """


def read_document(visit: Reader, kind: DocumentKind[D], document_id: str) -> Reading[D]:
    """The document for this reader's eyes. 404 when it is not theirs, not for clients, or gone;
    DocumentIsCold when it cannot be had now.
    """
    wiring = wired()
    row = wiring.mirror.one(visit.scope, kind.name, document_id)
    if row is None and wiring.mirror.is_complete(visit.scope.org, kind.name):
        abort(404)
    reading = _newest_copy(wiring, visit.scope, kind, document_id, row)
    if reading is None:
        reading = _ask_or_old(wiring, visit, kind, document_id, row)
    elif visit.is_connected:
        _look_again_behind(wiring, visit, kind, document_id, reading)
    document = reading.document
    if kind.owner(document) != visit.scope.customer_id or document.status in kind.hidden_statuses:
        abort(404)
    return reading


def seen_before(visit: Reader, kind: DocumentKind[D], document_id: str, version: str) -> D | None:
    """The document as it read in an earlier version, if that copy is still there."""
    reading = _copy(wired(), visit.scope, kind, document_id, version)
    return reading.document if reading else None


def _copy(
    wiring: Wiring, scope: CustomerScope, kind: DocumentKind[D], document_id: str, version: str | None
) -> Reading[D] | None:
    stored = wiring.documents.get(scope, kind.name, document_id, version)
    return None if stored is None else Reading(kind.document.from_stored(stored.body), stored.said_at)


def _newest_copy(
    wiring: Wiring, scope: CustomerScope, kind: DocumentKind[D], document_id: str, row: MirrorRow | None
) -> Reading[D] | None:
    """The copy last put, if it is no older than what the list knows: by version, or by time where Zoho gives
    no versions.
    """
    reading = _copy(wiring, scope, kind, document_id, None)
    if reading is None or row is None:
        return reading
    is_older = reading.document.version < row.version if row.version else reading.said_at < row.said_at
    return None if is_older else reading


def _look_again_behind(
    wiring: Wiring, visit: Reader, kind: DocumentKind[D], document_id: str, reading: Reading[D]
) -> None:
    """One reading in the background, when neither the document nor its list was read within the merchant's
    freshness limit.
    """
    org, limit = visit.scope.org, dt.datetime.now(dt.UTC) - dt.timedelta(minutes=visit.settings.fresh_minutes)
    if (
        reading.said_at < limit
        and (wiring.sync_states.get(org, kind.name).last_success or reading.said_at) < limit
    ):
        wiring.doorbell.ring_document(org, kind.name, document_id)


def _ask_or_old(
    wiring: Wiring, visit: Reader, kind: DocumentKind[D], document_id: str, row: MirrorRow | None
) -> Reading[D]:
    scope = visit.scope

    def ask(zoho: ZohoLines) -> Reading[D]:
        said = kind.ask(zoho, document_id)
        document = said.value
        if kind.owner(document) == scope.customer_id:
            wiring.documents.put(
                scope.org, kind.name, document_id, document.version, document.stored(), said.said_at
            )
        return Reading(document, said.said_at)

    try:
        return ask_for_person(
            visit,
            (kind.name, document_id),
            ask,
            kept=lambda: _newest_copy(wiring, scope, kind, document_id, row),
        )
    except ZohoNotFound:
        abort(404)
    except (ZohoError, TakesTooLong) as trouble:
        log.info(
            "document_not_read", org=scope.org, kind=kind.name, id=document_id, trouble=type(trouble).__name__
        )
        old = _copy(wiring, scope, kind, document_id, None)
        if old is None:
            raise DocumentIsCold from trouble
        return Reading(old.document, old.said_at, is_old=True)
