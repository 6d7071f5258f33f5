"""Who opens a shared link: a reader of one document, for as long as everything that allowed the link still
stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from cache.records.accounts import AccountState
from cache.records.client_roles import Role
from cache.records.connection import ConnectionState
from cache.records.shared_links import SharedLink
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from gateway.modules import shows
from gateway.reading.document_kinds import ESTIMATES, INVOICES
from gateway.reading.document_reading import Reading, read_document
from gateway.reading.pdf_reading import pdf_answer
from gateway.visits import Reader
from gateway.wiring import wired


@dataclass(frozen=True, kw_only=True)
class SharedVisit(Reader):
    """Somebody with a link. The scope is the link's own; nothing but the link's document is read with it."""

    link: SharedLink


def shared_visit(secret: str) -> SharedVisit | None:
    """None when the link does not work, whatever the reason: no such secret, run out, revoked, switched off,
    its maker out, or the merchant disconnected.
    """
    link = wired().shared_links.look(secret)
    if link is None:
        return None
    settings, connection = wired().portal_settings.get(link.org), wired().connections.get(link.org)
    if not settings.may_share_links or not shows(settings, link.kind):
        return None
    if connection is None or connection.state is ConnectionState.DISCONNECTED or not _maker_may(link):
        return None
    return SharedVisit(scope=link.scope, connection=connection, settings=settings, link=link)


def _maker_may(link: SharedLink) -> bool:
    """Whether who made it could still look at the document themselves."""
    account = wired().accounts.get(link.account_id)
    if account is None or account.state is not AccountState.ACTIVE or Role.SEE not in account.roles:
        return False
    return (account.org, account.customer_id) == (link.org, link.customer_id)


def read_shared(visit: SharedVisit) -> Reading[Estimate] | Reading[Invoice]:
    """The link's document. 404 and DocumentIsCold as read_document."""
    if visit.link.kind == ESTIMATES.name:
        return read_document(visit, ESTIMATES, visit.link.document_id)
    return read_document(visit, INVOICES, visit.link.document_id)


def shared_pdf(visit: SharedVisit) -> Response:
    """Its PDF, as a download."""
    if visit.link.kind == ESTIMATES.name:
        return pdf_answer(visit, ESTIMATES, visit.link.document_id)
    return pdf_answer(visit, INVOICES, visit.link.document_id)
