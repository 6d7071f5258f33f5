"""How often a client may write to the merchant: enough for honest use, too little to flood a mailbox."""

from __future__ import annotations

from enum import StrEnum

from redis import Redis

from cache.rate_limiter import RateLimit, RateLimiter
from cache.records.portal import keys as portal_keys


class ContactMethod(StrEnum):
    """The forms by which a client writes."""

    MAIL = "mail"
    REVIEW = "review"


LIMITS = {ContactMethod.MAIL: RateLimit(5, 3600), ContactMethod.REVIEW: RateLimit(10, 24 * 3600)}


class ContactLimits:
    """The keys of the forms that a person has sent recently."""

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._limiter = RateLimiter(records)

    def take(self, org: str, account_id: str, method: ContactMethod, form_key: str) -> int:
        """0 if this form may be sent, otherwise the seconds until it may. A form sent again counts once and
        is always accepted.
        """
        key = portal_keys.contact_forms(org, account_id, method)
        return self._limiter.take(key, LIMITS[method], form_key)

    def was_taken(self, org: str, account_id: str, method: ContactMethod, form_key: str) -> bool:
        """Whether this person sent that form recently."""
        return self._records.zscore(portal_keys.contact_forms(org, account_id, method), form_key) is not None
