"""A link that was asked for at the door: its letter is written once, to whoever has that address, and to
nobody else.
"""

from __future__ import annotations

import datetime as dt

import pytest

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.sign_in.link_requests import LinkRequest
from cache.records.sign_in.single_use_links import LinkKind, LinkState
from cache.sealing import Seal
from cache.stores import Stores
from config.settings import Settings
from tests.gateway.seeding import AS_OF, ORG, Seeding
from workers.clock import enqueue_links
from workers.email.link_emails import compose_link_email
from workers.email.render_context import render_context
from workers.services import Services, build_services

EMAIL = "nora@northwind.example"


@pytest.fixture
def nora(settings: Settings, services: Services) -> ClientAccount:
    """A client with a password, at a merchant whose portal is open."""
    Seeding(build_services(settings)).connect()
    account = ClientAccount(
        id="nora",
        org=ORG,
        customer_id="1",
        person_id="2",
        email=EMAIL,
        name="Nora West",
        password_hash="kept",
        state=AccountState.ACTIVE,
        created_at=AS_OF,
    )
    services.accounts.save(account)
    return account


def request_link(services: Services, email: str = EMAIL) -> LinkRequest:
    return services.link_requests.record(LinkKind.RESET, email)


def test_run_twice_it_writes_one_letter_and_the_link_in_it_is_open(
    services: Services, nora: ClientAccount
) -> None:
    asked = request_link(services)
    compose_link_email(asked.id, services)
    compose_link_email(asked.id, services)
    (email,) = services.emails.recent(ORG)
    assert (email.to, email.account_id) == (EMAIL, nora.id)
    assert services.emails.path_of(email) == f"/password/new/{asked.secret}"
    link = services.links[LinkKind.RESET].find(asked.secret)
    assert link is not None and link.state is LinkState.OPEN
    assert (
        services.link_requests.get(asked.id) is None and services.link_requests.claim_due(10, lease=1) == []
    )


def test_the_letter_speaks_the_language_of_the_page_unless_the_person_chose_one(
    services: Services, nora: ClientAccount
) -> None:
    for own, spoken in (("", "de"), ("fr", "fr")):
        services.accounts.set_preferences(nora.id, language=own)
        compose_link_email(services.link_requests.record(LinkKind.RESET, EMAIL, language="de").id, services)
        assert render_context(services, services.emails.recent(ORG)[0]).language == spoken


def test_it_died_between_the_link_and_the_letter_and_the_next_run_goes_on(
    services: Services, nora: ClientAccount
) -> None:
    asked = request_link(services)
    services.links[LinkKind.RESET].put(EMAIL, asked.secret, ends_at=asked.ends_at)
    compose_link_email(asked.id, services)
    assert len(services.emails.recent(ORG)) == 1


@pytest.mark.parametrize("state", [AccountState.INVITED, AccountState.REVOKED])
def test_nobody_is_written_to_who_may_not_come_in(
    services: Services, nora: ClientAccount, state: AccountState
) -> None:
    services.accounts.save(ClientAccount(**{**vars(nora), "state": state, "password_hash": None}))
    for email in (EMAIL, "nobody@nowhere.example"):
        asked = request_link(services, email)
        compose_link_email(asked.id, services)
        assert services.link_requests.get(asked.id) is None
        assert services.links[LinkKind.RESET].find(asked.secret) is None
    assert services.emails.recent(ORG) == [] == services.emails.recent("")


def test_a_ring_that_was_lost_is_rung_again_by_the_clock(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, enqueued = request_link(services), []
    monkeypatch.setattr(
        type(services.job_queue), "enqueue_link", lambda self, request_id: enqueued.append(request_id)
    )
    enqueue_links(services)
    enqueue_links(services)
    assert enqueued == [asked.id]


def test_a_wish_nobody_can_open_any_more_is_put_away(
    services: Services, stores: Stores, nora: ClientAccount
) -> None:
    asked = request_link(services)
    other = Seal(("MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",))
    stores.records.set(f"link_wish:{asked.id}", other.seal("[]", context=f"link_wish:{asked.id}"))
    compose_link_email(asked.id, services)
    assert services.emails.recent(ORG) == [] and services.link_requests.claim_due(10, lease=1) == []


def test_a_wish_lives_no_longer_than_its_link(services: Services, stores: Stores) -> None:
    asked = services.link_requests.record(LinkKind.SIGN_IN, EMAIL)
    assert 0 < int(stores.records.ttl(f"link_wish:{asked.id}")) <= 15 * 60
    assert asked.ends_at - dt.datetime.now(dt.UTC) <= dt.timedelta(minutes=15)
