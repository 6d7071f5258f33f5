"""How often a client may write to the merchant: enough for honest use, too little to flood a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redis import Redis

from cache.lua import load_script
from cache.records.portal import keys as portal_keys


class ContactMethod(StrEnum):
    """The forms by which a client writes."""

    MAIL = "mail"
    REVIEW = "review"


@dataclass(frozen=True)
class Allowance:
    """most: forms within `window` seconds."""

    most: int
    window: int


ALLOWANCES = {ContactMethod.MAIL: Allowance(5, 3600), ContactMethod.REVIEW: Allowance(10, 24 * 3600)}

TAKE = load_script(__package__, "contact_limits_take")


class ContactLimits:
    """The keys of the forms that a person has sent recently."""

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._take = records.register_script(TAKE)

    def take(self, org: str, account_id: str, method: ContactMethod, form_key: str) -> int:
        """0 if this form may be sent, otherwise the seconds until it may. A form sent again counts once and
        is always accepted.
        """
        allowance = ALLOWANCES[method]
        args: list[str | int] = [allowance.most, allowance.window, form_key]
        return int(self._take(keys=[portal_keys.contact_forms(org, account_id, method)], args=args))

    def was_taken(self, org: str, account_id: str, method: ContactMethod, form_key: str) -> bool:
        """Whether this person sent that form recently."""
        return self._records.zscore(portal_keys.contact_forms(org, account_id, method), form_key) is not None
