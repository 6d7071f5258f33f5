"""Client accounts: one contact person of one customer who may sign in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import WatchError

from cache.hashes import hash_of
from cache.records.accounts import keys as account_keys
from cache.records.accounts.client_roles import ALL_ROLES, Role
from cache.stored import from_json, to_json

WHOLE = "*"
"""Marks both the summaries and the accounts by customer as complete: older accounts have been added."""

LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class AccountState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class ClientAccount:
    """customer_id and person_id are Zoho's contact and contact person. email: in Zoho's spelling. roles:
    always with `see`.

    language, theme: the person's own choices, "" for none; the language defaults to their customer's in Zoho.
    """

    id: str
    org: str
    customer_id: str
    person_id: str
    email: str
    name: str
    password_hash: str | None = field(default=None, repr=False)
    state: AccountState
    created_at: dt.datetime
    roles: frozenset[Role] = ALL_ROLES
    language: str = ""
    theme: str = ""

    def with_password(self, password_hash: str) -> ClientAccount:
        """Active, and has a password hash."""
        return dataclasses.replace(self, password_hash=password_hash, state=AccountState.ACTIVE)


class AccountIndexEntry(NamedTuple):
    """A summary of an account, for long lists."""

    account_id: str
    customer_id: str
    person_id: str
    state: AccountState


def new_account_id() -> str:
    return secrets.token_hex(10)


def normal_email(email: str) -> str:
    """How addresses are compared: stripped, with A–Z in lower case. Nothing else is folded: Unicode
    lower-casing makes the Kelvin sign a k, and case folding makes ß an ss, so the owner of such an address
    could reach another person's account.
    """
    return email.strip().translate(LOWER)


class Accounts:
    """Addresses are looked up by hash; one address may have accounts with several customers and merchants."""

    def __init__(self, records: Redis) -> None:
        self._records = records

    def get(self, account_id: str) -> ClientAccount | None:
        return from_json(ClientAccount, self._records.get(account_keys.account(account_id)))

    def by_email(self, email: str) -> list[ClientAccount]:
        """All accounts with this address, oldest first."""
        ids: Any = self._records.smembers(account_keys.accounts_by_email(hash_of(normal_email(email))))
        return self._several(ids)

    def set_preferences(
        self, account_id: str, *, language: str | None = None, theme: str | None = None
    ) -> None:
        """Set the person's own choices; "" clears, None leaves. Does nothing if the account is gone."""

        def put(pipe: Pipeline) -> None:
            account = from_json(ClientAccount, pipe.get(account_keys.account(account_id)))
            pipe.multi()
            if account is not None:
                chosen = dataclasses.replace(
                    account,
                    language=account.language if language is None else language,
                    theme=account.theme if theme is None else theme,
                )
                _put(pipe, account, chosen)

        self._records.transaction(put, account_keys.account(account_id))

    def names(self, account_ids: Iterable[str]) -> dict[str, str]:
        """Account id → name, for existing accounts."""
        return {item.id: item.name for item in self._several(list(account_ids))}

    def by_person(self, org: str, person_id: str) -> ClientAccount | None:
        account_id: Any = self._records.get(account_keys.account_of_person(org, person_id))
        return self.get(account_id) if account_id else None

    def of_org(self, org: str) -> list[ClientAccount]:
        """Every account of the organisation, oldest first."""
        ids: Any = self._records.smembers(account_keys.accounts_of(org))
        return self._several(ids)

    def index(self, org: str) -> list[AccountIndexEntry]:
        """A summary of every account of the organisation, unsorted."""
        texts: Any = self._records.hgetall(account_keys.account_index(org))
        if WHOLE not in texts:
            texts = {item.id: _index_text(item) for item in self.of_org(org)}
        return [_read_index_entry(item, text) for item, text in texts.items() if item != WHOLE]

    def of_customers(self, org: str, customer_ids: Iterable[str]) -> list[ClientAccount]:
        """Every account of these customers, oldest first; the cost depends on them, not on the
        organisation.
        """
        wanted, key = list(customer_ids), account_keys.accounts_by_customer(org)
        with self._records.pipeline(transaction=False) as pipe:
            pipe.zscore(key, WHOLE)
            for item in wanted:
                pipe.zrangebylex(
                    key, f"[{item} ", f"({item}!"
                )  # what begins with the id and a space: "!" is the sign after it
            is_whole, *found = pipe.execute()
        if is_whole is None:
            return [item for item in self.of_org(org) if item.customer_id in wanted]
        return self._several([member.partition(" ")[2] for members in found for member in members])

    def customers(self, org: str) -> set[str]:
        """The customers that have an account."""
        members: Any = self._records.zrange(account_keys.accounts_by_customer(org), 0, -1)
        found = {member.partition(" ")[0] for member in members}
        return found - {WHOLE} if WHOLE in found else {item.customer_id for item in self.index(org)}

    def save(self, account: ClientAccount) -> None:
        """Add or replace unconditionally; after a changed address only the new one finds the account."""

        def put(pipe: Pipeline) -> None:
            before = from_json(ClientAccount, pipe.get(account_keys.account(account.id)))
            pipe.multi()
            _put(pipe, before, account)

        self._records.transaction(put, account_keys.account(account.id))
        self._list_older(account.org)

    def swap(self, before: ClientAccount | None, account: ClientAccount) -> bool:
        """Replace `before` only if it is still stored unchanged; None: add, if this person has no account.

        False: somebody else was faster, and nothing changed. So data read before a revocation cannot undo it.
        """
        person = account_keys.account_of_person(account.org, account.person_id)
        with self._records.pipeline() as pipe:
            pipe.watch(account_keys.account(account.id), person)  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
            held: Any = pipe.get(person)
            if from_json(ClientAccount, pipe.get(account_keys.account(account.id))) != before or held not in (
                None,
                account.id,
            ):
                return False
            pipe.multi()
            _put(pipe, before, account)
            try:
                pipe.execute()
            except WatchError:
                return False
        self._list_older(account.org)
        return True

    def forget(self, account: ClientAccount) -> None:
        """Erase it and its indexes."""
        with self._records.pipeline() as pipe:
            pipe.delete(
                account_keys.account(account.id),
                account_keys.account_of_person(account.org, account.person_id),
            )
            pipe.srem(account_keys.accounts_by_email(hash_of(normal_email(account.email))), account.id)
            pipe.srem(account_keys.accounts_of(account.org), account.id)
            pipe.hdel(account_keys.account_index(account.org), account.id)
            pipe.zrem(account_keys.accounts_by_customer(account.org), _by_customer(account))
            pipe.execute()

    def _list_older(self, org: str) -> None:
        """Once: add older accounts to these lists. One that changes meanwhile adds itself."""
        index_key, by_customer = account_keys.account_index(org), account_keys.accounts_by_customer(org)
        if self._records.hexists(index_key, WHOLE) and self._records.zscore(by_customer, WHOLE) is not None:
            return
        for item in self.of_org(org):
            self._records.hsetnx(index_key, item.id, _index_text(item))
            self._records.zadd(by_customer, {_by_customer(item): 0})
        self._records.hset(index_key, WHOLE, "")
        self._records.zadd(by_customer, {WHOLE: 0})

    def _several(self, ids: Any) -> list[ClientAccount]:
        if not ids:
            return []
        texts: Any = self._records.mget([account_keys.account(record_id) for record_id in ids])
        found = [from_json(ClientAccount, text) for text in texts]
        return sorted((item for item in found if item is not None), key=lambda one: (one.created_at, one.id))


def _put(pipe: Pipeline, before: ClientAccount | None, account: ClientAccount) -> None:
    if before is not None and normal_email(before.email) != normal_email(account.email):
        pipe.srem(account_keys.accounts_by_email(hash_of(normal_email(before.email))), account.id)
    pipe.set(account_keys.account(account.id), to_json(account))
    pipe.sadd(account_keys.accounts_by_email(hash_of(normal_email(account.email))), account.id)
    pipe.sadd(account_keys.accounts_of(account.org), account.id)
    if before is not None and before.customer_id != account.customer_id:
        pipe.zrem(account_keys.accounts_by_customer(account.org), _by_customer(before))
    pipe.zadd(account_keys.accounts_by_customer(account.org), {_by_customer(account): 0})
    pipe.hset(account_keys.account_index(account.org), account.id, _index_text(account))
    pipe.set(account_keys.account_of_person(account.org, account.person_id), account.id)


def _index_text(account: ClientAccount) -> str:
    return f"{account.state.value} {account.customer_id} {account.person_id}"


def _by_customer(account: ClientAccount) -> str:
    return f"{account.customer_id} {account.id}"


def _read_index_entry(account_id: str, text: str) -> AccountIndexEntry:
    state, customer_id, person_id = text.split(" ")
    return AccountIndexEntry(account_id, customer_id, person_id, AccountState(state))
