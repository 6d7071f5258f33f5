"""A merchant revokes at the very moment at which the account changes otherwise: the revocation stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from flask import Flask

from cache.records.accounts.accounts import Accounts, AccountState, ClientAccount
from cache.records.accounts.merchants import Merchant
from cache.records.invitations.inviting import CannotBeInvited
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.account.security.passwords import Passwords
from gateway.merchant.clients.inviting import invite, revoke
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, HERE = "nora@northwind.example", f"account-{PERSON}"
CHOSEN = "seven boats on the tide"
ADA = Merchant(
    id="merchant-1",
    zoho_user_id="1",
    dc="us",
    name="Ada Okafor",
    email="ada@harbourlight.example",
    orgs=(ORG,),
)

WhileHashing = Callable[[Callable[[], None]], None]


@pytest.fixture
def while_hashing(monkeypatch: pytest.MonkeyPatch) -> WhileHashing:
    """Somebody else acts once, while a password is being hashed."""

    def arrange(act: Callable[[], None]) -> None:
        original = Passwords.hash

        def hash_slowly(self: Passwords, password: str) -> str:
            monkeypatch.setattr(Passwords, "hash", original)
            other = threading.Thread(target=act)
            other.start()
            other.join()
            return original(self, password)

        monkeypatch.setattr(Passwords, "hash", hash_slowly)

    return arrange


@pytest.fixture
def outdated(seed: Seeding, services: Services) -> ClientAccount:
    """Nora's password was kept years ago, with the parameters of then."""
    account = services.accounts.get(HERE)
    assert account is not None
    old = account.with_password(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD))
    services.accounts.save(old)
    return old


@pytest.fixture
def app_browsers(app: Flask) -> tuple[Browser, Browser]:
    return Browser(app), Browser(app)


@pytest.fixture
def app_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def now(services: Services) -> ClientAccount:
    account = services.accounts.get(HERE)
    assert account is not None
    return account


def test_a_password_kept_the_old_way_is_kept_anew_at_sign_in(
    visitor: Browser, outdated: ClientAccount, services: Services
) -> None:
    visitor.sign_in(EMAIL, PASSWORD)
    visitor.follow()
    kept = now(services).password_hash
    assert kept is not None and kept != outdated.password_hash and not Passwords().is_outdated(kept)
    visitor.send("/sign-out")
    visitor.sign_in(EMAIL, PASSWORD)
    assert now(services).password_hash == kept


def test_a_wrong_password_keeps_nothing_anew(
    visitor: Browser, outdated: ClientAccount, services: Services
) -> None:
    visitor.get("/sign-in")
    visitor.send("/sign-in", {"email": EMAIL, "password": "not this one"}, status=422)
    assert now(services) == outdated


def test_keeping_it_anew_does_not_undo_a_revocation(
    visitor: Browser, outdated: ClientAccount, seed: Seeding, services: Services, while_hashing: WhileHashing
) -> None:
    visitor.get("/sign-in")
    while_hashing(lambda: seed.revoke(HERE))
    visitor.send("/sign-in", {"email": EMAIL, "password": PASSWORD}, status=422)
    assert now(services).state is AccountState.REVOKED
    visitor.get("/", status=303)


def test_two_sign_ins_that_keep_it_anew_at_the_same_time_both_succeed(
    app_browsers: tuple[Browser, Browser], outdated: ClientAccount, while_hashing: WhileHashing
) -> None:
    one, other = app_browsers
    one.get("/sign-in")
    while_hashing(lambda: other.sign_in(EMAIL, PASSWORD))
    one.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    for browser in app_browsers:
        browser.get("/")


def test_accepting_an_invitation_does_not_undo_a_revocation(
    visitor: Browser, seed: Seeding, services: Services, while_hashing: WhileHashing
) -> None:
    account = seed.client(
        CUSTOMER, "46000000002050", email="ivo@northwind.example", name="Ivo Brandt", password=""
    )
    link = f"/invitations/{services.invitations.make(account.id)}"
    visitor.get(link)
    while_hashing(lambda: seed.revoke(account.id))
    visitor.send(link, {"password": CHOSEN, "again": CHOSEN}, status=410)
    kept = services.accounts.get(account.id)
    assert kept is not None and kept.state is AccountState.REVOKED and kept.password_hash is None
    visitor.get("/", status=303)


def test_an_invitation_gives_way_to_what_happened_since_it_was_begun(
    app_context: None, seed: Seeding, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = services.connections.get(ORG)
    assert connection is not None
    ivo = ContactPerson(
        id="46000000002050",
        contact_id=CUSTOMER,
        first_name="Ivo",
        last_name="Brandt",
        email="ivo@northwind.example",
    )
    account = seed.client(CUSTOMER, ivo.id, email=ivo.email, name="Ivo Brandt", password="")
    read = Accounts.by_person

    def by_person(self: Accounts, org: str, person_id: str) -> ClientAccount | None:
        found = read(self, org, person_id)
        revoke(connection, ADA, account)
        return found

    monkeypatch.setattr(Accounts, "by_person", by_person)
    with pytest.raises(CannotBeInvited, match="at this very moment"):
        invite(connection, ADA, ivo, "Northwind Traders")
    kept = services.accounts.get(account.id)
    assert kept is not None and kept.state is AccountState.REVOKED
