"""Merchants: people who signed in with Zoho, and the organisations they look after."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.records.accounts import keys as account_keys
from cache.records.accounts.accounts import normal_email
from cache.stored import from_json, to_json


@dataclass(frozen=True, kw_only=True)
class Merchant:
    """id: data centre and a hash of the address, since Zoho's user ids differ between organisations.

    orgs: keys of the organisations they manage.
    """

    id: str
    zoho_user_id: str
    dc: str
    name: str
    email: str
    orgs: tuple[str, ...] = ()


def merchant_id(dc: str, address: str) -> str:
    """The id for an address in a data centre: Zoho's user ids differ between organisations."""
    return f"{dc}-{hash_of(normal_email(address))[:24]}"


class Merchants:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def get(self, merchant_id: str) -> Merchant | None:
        return from_json(Merchant, self._records.get(account_keys.merchant(merchant_id)))

    def save(self, merchant: Merchant) -> None:
        with self._records.pipeline() as pipe:
            pipe.set(account_keys.merchant(merchant.id), to_json(merchant))
            for org in merchant.orgs:
                pipe.sadd(account_keys.owner_of(org), merchant.id)
            pipe.execute()

    def leave(self, merchant_id: str, org: str) -> None:
        """Remove the organisation from this merchant."""
        merchant = self.get(merchant_id)
        self._records.srem(account_keys.owner_of(org), merchant_id)
        if merchant is not None:
            self.save(
                dataclasses.replace(merchant, orgs=tuple(item for item in merchant.orgs if item != org))
            )

    def for_org(self, org: str) -> list[Merchant]:
        """The organisation's merchants."""
        ids: Any = self._records.smembers(account_keys.owner_of(org))
        found = [self.get(merchant_id) for merchant_id in sorted(ids)]
        return [merchant for merchant in found if merchant is not None and org in merchant.orgs]
