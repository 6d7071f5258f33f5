"""Revoke orphaned OAuth grants (consent given, no organisation chosen): they are useless here and count among
the merchant's twenty (zoho.md 1.3).
"""

from __future__ import annotations

import structlog

from cache.sealing import SealBroken
from workers.services import Services

log = structlog.get_logger()


def end_orphaned_grant(grant_id: str, services: Services) -> None:
    """Revoke it unless a connected organisation uses it. Retried for three days until Zoho confirms."""
    try:
        found = services.orphaned_grants.get(grant_id)
    except SealBroken:
        log.warning("orphaned_grant_unreadable", grant=grant_id)
        return
    if found is None:
        services.orphaned_grants.settle(grant_id)
        return
    dc, refresh_token = found
    is_needed = services.connections.lives_on(dc, refresh_token)
    if is_needed or services.zoho.revoke_if_unused(dc, refresh_token):
        services.orphaned_grants.settle(grant_id)
        log.info("orphaned_grant_settled", grant=grant_id, was_needed=is_needed)
    else:
        log.warning("orphaned_grant_not_ended", grant=grant_id)
