"""Which accounts one address and password open together, and the choice between them.

A person may be the contact of several customers, and of several merchants. Every account keeps its own walls:
a session is for one of them, and going to another makes a new session.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cache.copies.directory import client_names
from cache.hashes import hash_of
from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.connections.connection import ConnectionState
from cache.records.sign_in.sessions import Session
from gateway.account.security.passwords import passwords
from gateway.web.services import services

CHECKS = 3
"""Password checks that every try costs, so that its time does not tell whether the address is known, nor at
how many merchants. Only an address with more passwords than this takes longer.
"""


class AccountChoice(NamedTuple):
    """An account that may be opened: whose customer, and with which merchant. is_current: it is the one open
    now.
    """

    account: ClientAccount
    client: str
    merchant: str
    is_current: bool


def accounts_with_password(email: str, password: str) -> list[ClientAccount]:
    """The active accounts that address and password open together, oldest first. Each password that is kept
    is checked.
    """
    hasher = passwords()
    accounts = [
        account
        for account in services().accounts.by_email(email)
        if account.state is AccountState.ACTIVE and account.password_hash
    ]
    kept = {account.password_hash for account in accounts}
    right = {item for item in kept if hasher.is_right(password, item)}
    for _ in range(CHECKS - len(kept)):
        hasher.is_right(password, None)
    opened = (_renewed(account, password) for account in accounts if account.password_hash in right)
    return [item for item in opened if item is not None]


def proofs_of(accounts: Iterable[ClientAccount]) -> dict[str, str]:
    """Account id → proof that its password of now was given. A new password makes the proof worthless."""
    return {account.id: _proof(account) for account in accounts}


def choices_of(session: Session | None) -> list[AccountChoice]:
    """What the password of this session opens now, oldest first: nothing revoked since, and no merchant who
    has disconnected.
    """
    found = []
    for account_id, proof in (session.opened if session is not None else {}).items():
        account = services().accounts.get(account_id)
        if (
            session is None
            or account is None
            or account.state is not AccountState.ACTIVE
            or _proof(account) != proof
        ):
            continue
        if (merchant := open_portal_of(account)) is not None:
            found.append(
                AccountChoice(account, client_name(account), merchant, account_id == session.subject)
            )
    return found


def open_portal_of(account: ClientAccount) -> str | None:
    """The merchant's name while their portal is open; None after they have disconnected."""
    connection = services().connections.get(account.org)
    if connection is None or connection.state is ConnectionState.DISCONNECTED:
        return None
    return services().portal_settings.get(account.org).displayed_name(connection.name)


def client_name(account: ClientAccount) -> str:
    """The customer's name as last read; the person's own while nothing has been read."""
    return client_names.client_name(services().mirror, account)


def public_terms(accounts: Iterable[ClientAccount]) -> tuple[str, ...]:
    """What others know about these accounts, and no password may be: the person, the address, the client and
    the merchant.
    """
    connections = {account: services().connections.get(account.org) for account in accounts}
    names = (
        (item.email, item.name, client_name(item), to.name if to else "") for item, to in connections.items()
    )
    return tuple(word for words in names for word in words)


def _renewed(account: ClientAccount, password: str) -> ClientAccount | None:
    """The account with its password kept as today's parameters want it. One that changed meanwhile is looked
    at again: None if the password no longer opens it.
    """
    hasher, accounts = passwords(), services().accounts
    if account.password_hash is None or not hasher.is_outdated(account.password_hash):
        return account
    renewed = account.with_password(hasher.hash(password))
    if accounts.swap(account, renewed):
        return renewed
    now = accounts.get(account.id)
    opens = (
        now is not None and now.state is AccountState.ACTIVE and hasher.is_right(password, now.password_hash)
    )
    return now if opens else None


def _proof(account: ClientAccount) -> str:
    return hash_of(f"{account.id}\n{account.password_hash}")
