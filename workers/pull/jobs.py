"""RQ's entry points for syncing. Each may run twice or not at all: storing the same answer twice changes
nothing.
"""

from __future__ import annotations

from workers.pull.one_document import read_one_document
from workers.pull.organisation import pull_organisation
from workers.pull.orphaned_grants import end_orphaned_grant
from workers.services import job


def pull(org: str) -> None:
    """Sync one organisation."""
    with job("pull", org=org) as services:
        pull_organisation(org, services)


def read_document(org: str, kind: str, document_id: str) -> None:
    """Fetch one document again."""
    with job("read_document", org=org, kind=kind, document=document_id) as services:
        read_one_document(org, kind, document_id, services)


def end_grant(grant_id: str) -> None:
    """Revoke a grant without an organisation."""
    with job("end_grant", grant=grant_id) as services:
        end_orphaned_grant(grant_id, services)
