"""A link that was asked for at the door: its letter is written once, to whoever has that address, and to
nobody else.
"""

from __future__ import annotations

import datetime as dt

import pytest

from cache.records.accounts import AccountState, ClientAccount
from cache.records.link_wishes import LinkWish
from cache.records.single_use_links import LinkKind, LinkState
from cache.redis_connections import RedisConnections
from cache.sealing import Seal
from config.settings import Settings
from gateway.wiring import wire
from tests.gateway.seeding import ORG, SAID_AT, Seeding
from workers.clock import ring_links
from workers.job_setup import Resources
from workers.letters.link_letters import write_link_letter
from workers.letters.surroundings import surroundings

EMAIL = "nora@northwind.example"


@pytest.fixture
def nora(settings: Settings, desk: Resources) -> ClientAccount:
    """A client with a password, at a merchant whose portal is open."""
    Seeding(wire(settings)).connect()
    account = ClientAccount(
        id="nora",
        org=ORG,
        customer_id="1",
        person_id="2",
        email=EMAIL,
        name="Nora West",
        password_hash="kept",
        state=AccountState.ACTIVE,
        created_at=SAID_AT,
    )
    desk.accounts.save(account)
    return account


def wish(desk: Resources, email: str = EMAIL) -> LinkWish:
    return desk.link_wishes.record(LinkKind.RESET, email)


def test_run_twice_it_writes_one_letter_and_the_link_in_it_is_open(
    desk: Resources, nora: ClientAccount
) -> None:
    asked = wish(desk)
    write_link_letter(asked.id, desk)
    write_link_letter(asked.id, desk)
    (letter,) = desk.letters.recent(ORG)
    assert (letter.to, letter.account_id) == (EMAIL, nora.id)
    assert desk.letters.path_of(letter) == f"/password/new/{asked.secret}"
    link = desk.links[LinkKind.RESET].look(asked.secret)
    assert link is not None and link.state is LinkState.OPEN
    assert desk.link_wishes.get(asked.id) is None and desk.link_wishes.claim_due(10, lease=1) == []


def test_the_letter_speaks_the_language_of_the_page_unless_the_person_chose_one(
    desk: Resources, nora: ClientAccount
) -> None:
    for own, spoken in (("", "de"), ("fr", "fr")):
        desk.accounts.choose(nora.id, language=own)
        write_link_letter(desk.link_wishes.record(LinkKind.RESET, EMAIL, language="de").id, desk)
        assert surroundings(desk, desk.letters.recent(ORG)[0]).language == spoken


def test_it_died_between_the_link_and_the_letter_and_the_next_run_goes_on(
    desk: Resources, nora: ClientAccount
) -> None:
    asked = wish(desk)
    desk.links[LinkKind.RESET].put(EMAIL, asked.secret, ends_at=asked.ends_at)
    write_link_letter(asked.id, desk)
    assert len(desk.letters.recent(ORG)) == 1


@pytest.mark.parametrize("state", [AccountState.INVITED, AccountState.REVOKED])
def test_nobody_is_written_to_who_may_not_come_in(
    desk: Resources, nora: ClientAccount, state: AccountState
) -> None:
    desk.accounts.save(ClientAccount(**{**vars(nora), "state": state, "password_hash": None}))
    for email in (EMAIL, "nobody@nowhere.example"):
        asked = wish(desk, email)
        write_link_letter(asked.id, desk)
        assert desk.link_wishes.get(asked.id) is None
        assert desk.links[LinkKind.RESET].look(asked.secret) is None
    assert desk.letters.recent(ORG) == [] == desk.letters.recent("")


def test_a_ring_that_was_lost_is_rung_again_by_the_clock(
    desk: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, rung = wish(desk), []
    monkeypatch.setattr(type(desk.doorbell), "ring_link", lambda self, wish_id: rung.append(wish_id))
    ring_links(desk)
    ring_links(desk)
    assert rung == [asked.id]


def test_a_wish_nobody_can_open_any_more_is_put_away(
    desk: Resources, redis: RedisConnections, nora: ClientAccount
) -> None:
    asked = wish(desk)
    other = Seal(("MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",))
    redis.records.set(f"link_wish:{asked.id}", other.seal("[]", context=f"link_wish:{asked.id}"))
    write_link_letter(asked.id, desk)
    assert desk.letters.recent(ORG) == [] and desk.link_wishes.claim_due(10, lease=1) == []


def test_a_wish_lives_no_longer_than_its_link(desk: Resources, redis: RedisConnections) -> None:
    asked = desk.link_wishes.record(LinkKind.SIGN_IN, EMAIL)
    assert 0 < int(redis.records.ttl(f"link_wish:{asked.id}")) <= 15 * 60
    assert asked.ends_at - dt.datetime.now(dt.UTC) <= dt.timedelta(minutes=15)
