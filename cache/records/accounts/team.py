"""Who of an organisation's merchants may do what: its owners, their staff, and who only reads."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from redis import Redis

from cache.records.accounts import keys as account_keys


class MerchantRole(StrEnum):
    """owner: everything. staff: clients, requests, settings, not the connection nor the colleagues.
    read_only: changes nothing.
    """

    OWNER = "owner"
    STAFF = "staff"
    READ_ONLY = "read_only"


REMOVED = "left"
"""Stands in the place of a role, so that who was removed stays outside whatever else still names them."""


class Team:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def role(self, org: str, merchant_id: str) -> MerchantRole | None:
        """None for who was removed. Who was never given a role connected the organisation before there were
        any: an owner.

        It says nothing about strangers: ask first whether the merchant looks after the organisation at all.
        """
        role: Any = self._records.hget(account_keys.team(org), merchant_id)
        if role == REMOVED:
            return None
        return MerchantRole(role) if role else MerchantRole.OWNER

    def give(self, org: str, merchant_id: str, role: MerchantRole) -> None:
        self._records.hset(account_keys.team(org), merchant_id, role.value)

    def remove(self, org: str, merchant_id: str) -> None:
        self._records.hset(account_keys.team(org), merchant_id, REMOVED)
