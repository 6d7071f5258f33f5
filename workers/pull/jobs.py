"""RQ's entry points for pulling. Each may run twice or not at all: what Zoho said twice is kept once."""

from __future__ import annotations

from workers.pull.one_document import read_one_document
from workers.pull.organisation import pull_organisation
from workers.pull.orphaned_grants import end_orphaned_grant
from workers.services import job


def pull(org: str) -> None:
    """Read what changed in one organisation."""
    with job("pull", org=org) as services:
        pull_organisation(org, services)


def read_document(org: str, kind: str, document_id: str) -> None:
    """Read one document again."""
    with job("read_document", org=org, kind=kind, document=document_id) as services:
        read_one_document(org, kind, document_id, services)


def end_grant(grant_id: str) -> None:
    """End a grant in Zoho that no organisation was chosen for."""
    with job("end_grant", grant=grant_id) as services:
        end_orphaned_grant(grant_id, services)
