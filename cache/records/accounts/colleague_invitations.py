"""Invited colleagues, by email address: Zoho must report that address when they sign in. There is no secret
link.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.records.accounts import keys as account_keys
from cache.records.accounts.team import MerchantRole
from cache.stored import from_json, to_json

LIFE = dt.timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ColleagueInvitation:
    """merchant_id: the invited person. invited_by: the inviter's name."""

    org: str
    merchant_id: str
    email: str
    role: MerchantRole
    invited_by: str
    ends_at: dt.datetime


class ColleagueInvitations:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def make(self, org: str, merchant_id: str, *, email: str, role: MerchantRole, invited_by: str) -> None:
        """Invite, or invite again; the latest role counts."""
        invitation = ColleagueInvitation(
            org=org,
            merchant_id=merchant_id,
            email=email,
            role=role,
            invited_by=invited_by,
            ends_at=dt.datetime.now(dt.UTC) + LIFE,
        )
        text = to_json(invitation, without=("org", "merchant_id"))
        with self._records.pipeline() as pipe:
            pipe.hset(account_keys.colleagues_invited(org), merchant_id, text)
            pipe.sadd(account_keys.invited_to(merchant_id), org)
            pipe.execute()

    def of_org(self, org: str) -> list[ColleagueInvitation]:
        """Open ones, by address."""
        texts: Any = self._records.hgetall(account_keys.colleagues_invited(org))
        found = [_open(org, merchant_id, text) for merchant_id, text in texts.items()]
        return sorted((item for item in found if item is not None), key=lambda one: one.email)

    def of_merchant(self, merchant_id: str) -> list[ColleagueInvitation]:
        """Open ones, by organisation."""
        orgs: Any = self._records.smembers(account_keys.invited_to(merchant_id))
        found = [
            _open(org, merchant_id, self._records.hget(account_keys.colleagues_invited(org), merchant_id))
            for org in sorted(orgs)
        ]
        return [item for item in found if item is not None]

    def withdraw(self, org: str, merchant_id: str) -> bool:
        """Remove one that was accepted or withdrawn: True for exactly one caller."""
        with self._records.pipeline() as pipe:
            pipe.hdel(account_keys.colleagues_invited(org), merchant_id)
            pipe.srem(account_keys.invited_to(merchant_id), org)
            removed, _ = pipe.execute()
        return bool(removed)


def _open(org: str, merchant_id: str, text: Any) -> ColleagueInvitation | None:
    """None for one that has run out."""
    invitation = from_json(ColleagueInvitation, text, org=org, merchant_id=merchant_id)
    return invitation if invitation is not None and invitation.ends_at > dt.datetime.now(dt.UTC) else None
