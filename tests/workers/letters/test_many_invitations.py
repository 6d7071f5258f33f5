"""A thousand invitations: each once, also when workers are killed in the middle, and everybody else is told
about.

As many as FOYER_INVITED says, few by default: ./dev bench invitations invites the thousand.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.records.accounts import AccountState, ClientAccount
from cache.records.bulk_invitations import Outcome
from cache.records.letters import LetterState
from cache.records.single_use_links import LinkKind, LinkState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from servers.worker_process import Crew, until
from tests.workers.letters.mail_sink import Sink, listening
from workers.document_rows import mirror_row, person_row
from workers.job_setup import Resources, build_resources
from workers.letters.many_invitations import invite_some
from workers.letters.send_letter import send_due_letters

MANY = int(os.environ.get("FOYER_INVITED") or "80")
LINK = re.compile(r"/invitations/([\w-]+)")
FORM = "a-form-that-was-sent-once"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    taken = Sink()
    with listening(taken) as address:
        yield taken, address


def people(desk: Resources, org: str, many: int, *, without_email: int = 0) -> list[str]:
    """As many contact persons of made-up customers in the mirror; the last ones have no address."""
    now, ids = dt.datetime.now(dt.UTC), []
    for number in range(many):
        contact = Contact(
            id=str(70_000 + number // 5),
            name=f"Customer {number // 5}",
            currency="USD",
            status="active",
            modified_at=now,
        )
        email = "" if number >= many - without_email else f"person-{number}@x.example"
        person = ContactPerson(
            id=str(80_000 + number),
            contact_id=contact.id,
            first_name="Person",
            last_name=str(number),
            email=email,
        )
        desk.mirror.put_page(org, [mirror_row("contacts", contact, now), person_row(person, contact, now)])
        ids.append(person.id)
    return ids


def progress(desk: Resources, org: str) -> Counter[Outcome]:
    found = desk.bulk_invitations.newest(org)
    assert found is not None
    return found.counts


def test_everybody_gets_one_and_the_others_are_told_about(desk: Resources, org: str) -> None:
    ids = people(desk, org, 6, without_email=1)
    active = ClientAccount(
        id="ac1",
        org=org,
        customer_id="70000",
        person_id=ids[0],
        email="person-0@x.example",
        name="P",
        password_hash="x",
        state=AccountState.ACTIVE,
        created_at=dt.datetime.now(dt.UTC),
    )
    desk.accounts.save(active)
    for _ in range(2):
        desk.bulk_invitations.start(org, "us-ada", [*ids, ids[1], "99999"], form_key=FORM)
        invite_some(org, FORM, desk)
    assert progress(desk, org) == {
        Outcome.INVITED: 4,
        Outcome.ACTIVE: 1,
        Outcome.NO_EMAIL: 1,
        Outcome.GONE: 1,
    }
    assert sorted(letter.to for letter in desk.letters.recent(org)) == [
        f"person-{number}@x.example" for number in range(1, 5)
    ]
    assert desk.accounts.get("ac1") == active and desk.bulk_invitations.claim_due(10, lease=1) == []


def test_it_goes_in_portions(settings: Settings, redis: RedisConnections, org: str) -> None:
    desk = build_resources(dataclasses.replace(settings, invitations_per_minute=18))
    desk.bulk_invitations.start(org, "us-ada", people(desk, org, 7), form_key=FORM)
    for done in (3, 6, 7):
        invite_some(org, FORM, desk)
        found = desk.bulk_invitations.get(org, FORM)
        assert found is not None and (found.done, found.total) == (done, 7)
        assert (desk.redis.records.zscore("due:bulk", f"{org}|{FORM}") is None) == (done == 7)


def test_an_interrupted_invitation_keeps_the_link_that_was_sent(desk: Resources, org: str) -> None:
    (person,) = people(desk, org, 1)
    desk.bulk_invitations.start(org, "us-ada", [person], form_key=FORM)
    connection = desk.connections.get(org)
    assert connection is not None
    invite_some(org, FORM, desk)
    send_due_letters(desk)
    # As if the worker had died before it noted the outcome.
    desk.redis.records.rpush(f"o:{{{org}}}:bulk:{FORM}:waiting", person)
    desk.bulk_invitations.go_on(org, FORM, next_in=0)
    invite_some(org, FORM, desk)
    (letter,) = desk.letters.recent(org)
    assert letter.state is LetterState.SENT
    link = desk.links[LinkKind.INVITATION].look(LINK.findall(letter.text)[0])
    assert link is not None and link.state is LinkState.OPEN


def test_many_with_killed_workers(
    settings: Settings, desk: Resources, org: str, sink: tuple[Sink, str], tmp_path: Path
) -> None:
    taken, address = sink
    by_smtp = dataclasses.replace(
        settings, mail_delivery="smtp", smtp_url=address, invitations_per_minute=max(600, MANY * 2)
    )
    ids = people(desk, org, MANY, without_email=2)
    crew = Crew(by_smtp, tmp_path / "crew")
    chance = random.Random(8)
    try:
        crew.clock()
        workers = [crew.worker("mail"), crew.worker("mail")]
        desk.bulk_invitations.start(org, "us-ada", ids, form_key=FORM)
        for share in (0.1, 0.4, 0.7):
            until(lambda share=share: len(taken.taken) > share * MANY, seconds=900, why=crew.logs)  # type: ignore[misc]
            victim = chance.randrange(2)
            workers[victim].kill()
            workers[victim] = crew.worker("mail")
        until(
            lambda: not desk.redis.records.zcard("due:mail") and not desk.redis.records.zcard("due:bulk"),
            seconds=900,
            why=crew.logs,
        )
    finally:
        crew.end()
    assert progress(desk, org) == {Outcome.INVITED: MANY - 2, Outcome.NO_EMAIL: 2}
    assert {letter.state for letter in desk.letters.recent(org, MANY)} == {LetterState.SENT}
    ids_of = {(mail["To"], mail["Message-ID"]) for mail in taken.taken}
    assert len(ids_of) == len({to for to, _ in ids_of}) == MANY - 2, "somebody got two letters"
    # A worker that dies between the server's yes and its own note sends the same letter again: once for each
    # death at most.
    assert len(taken.taken) - len(ids_of) <= 3
    links = {mail["To"]: LINK.findall(mail.get_body(("plain",)).get_content())[0] for mail in taken.taken}
    states = {desk.links[LinkKind.INVITATION].look(secret) for secret in links.values()}
    assert {link.state for link in states if link is not None} == {LinkState.OPEN} and len(states) == MANY - 2
