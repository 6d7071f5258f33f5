"""A grant from a consent that led to no organisation is ended in Zoho: nobody here can use it, and it counts
among the merchant's twenty (FACTS 1.3).
"""

from __future__ import annotations

import structlog

from cache.sealing import SealBroken
from workers.job_setup import Resources

log = structlog.get_logger()


def end_left_grant(grant_id: str, desk: Resources) -> None:
    """End it unless a connected organisation lives on it. What Zoho does not confirm is tried again later,
    for three days.
    """
    try:
        found = desk.left_grants.get(grant_id)
    except SealBroken:
        log.warning("left_grant_unreadable", grant=grant_id)
        return
    if found is None:
        desk.left_grants.settle(grant_id)
        return
    dc, refresh_token = found
    is_needed = desk.connections.lives_on(dc, refresh_token)
    if is_needed or desk.zoho.end_unused(dc, refresh_token):
        desk.left_grants.settle(grant_id)
        log.info("left_grant_settled", grant=grant_id, was_needed=is_needed)
    else:
        log.warning("left_grant_not_ended", grant=grant_id)
