"""The roles of an organisation's merchants: owner, staff or read-only."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from redis import Redis

from cache.records.accounts import keys as account_keys


class MerchantRole(StrEnum):
    """owner: everything. staff: clients, requests and settings, but neither the connection nor the
    colleagues.
    read_only: changes nothing.
    """

    OWNER = "owner"
    STAFF = "staff"
    READ_ONLY = "read_only"


REMOVED = "left"
"""Stored in place of a role, so that a removed merchant stays out even if other records still name them."""


class Team:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def role(self, org: str, merchant_id: str) -> MerchantRole | None:
        """None for a removed merchant. Merchants without a role connected before roles existed, so they are
        owners.

        Says nothing about strangers: check first that the merchant belongs to the organisation.
        """
        role: Any = self._records.hget(account_keys.team(org), merchant_id)
        if role == REMOVED:
            return None
        return MerchantRole(role) if role else MerchantRole.OWNER

    def give(self, org: str, merchant_id: str, role: MerchantRole) -> None:
        self._records.hset(account_keys.team(org), merchant_id, role.value)

    def remove(self, org: str, merchant_id: str) -> None:
        self._records.hset(account_keys.team(org), merchant_id, REMOVED)
