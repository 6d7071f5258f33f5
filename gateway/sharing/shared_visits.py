"""Visitors with a shared link: they read one document, while everything that allowed the link still holds."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from cache.records.accounts.accounts import AccountState
from cache.records.accounts.client_roles import Role
from cache.records.connections.connection import ConnectionState
from cache.records.sharing.shared_links import SharedLink
from connectors.zoho.document_kinds import ESTIMATES, INVOICES
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from gateway.reading.document_reader import LoadedDocument, read_document
from gateway.reading.pdf_reader import pdf_response
from gateway.web.modules import shows
from gateway.web.services import services
from gateway.web.visits import Reader


@dataclass(frozen=True, kw_only=True)
class SharedVisit(Reader):
    """A visitor with a link. The scope is the link's; it is used only for the link's document."""

    link: SharedLink


def shared_visit(secret: str) -> SharedVisit | None:
    """None if the link is invalid for any reason: unknown secret, expired, revoked, sharing switched off,
    creator without access, or merchant disconnected.
    """
    link = services().shared_links.find(secret)
    if link is None:
        return None
    settings, connection = services().portal_settings.get(link.org), services().connections.get(link.org)
    if not settings.may_share_links or not shows(settings, link.kind):
        return None
    if connection is None or connection.state is ConnectionState.DISCONNECTED or not _creator_may_view(link):
        return None
    return SharedVisit(scope=link.scope, connection=connection, settings=settings, link=link)


def _creator_may_view(link: SharedLink) -> bool:
    """Whether the link's creator may still view the document."""
    account = services().accounts.get(link.account_id)
    if account is None or account.state is not AccountState.ACTIVE or Role.SEE not in account.roles:
        return False
    return (account.org, account.customer_id) == (link.org, link.customer_id)


def read_shared(visit: SharedVisit) -> LoadedDocument[Estimate] | LoadedDocument[Invoice]:
    """The link's document. 404 and DocumentIsCold as in read_document."""
    if visit.link.kind == ESTIMATES.name:
        return read_document(visit, ESTIMATES, visit.link.document_id)
    return read_document(visit, INVOICES, visit.link.document_id)


def shared_pdf(visit: SharedVisit) -> Response:
    """Its PDF, as a download."""
    if visit.link.kind == ESTIMATES.name:
        return pdf_response(visit, ESTIMATES, visit.link.document_id)
    return pdf_response(visit, INVOICES, visit.link.document_id)
