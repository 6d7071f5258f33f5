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

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.email.emails import EmailState
from cache.records.invitations.bulk_invitations import InvitationOutcome
from cache.records.sign_in.single_use_links import LinkKind, LinkState
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from tests.servers.worker_process import WorkerProcesses, until
from tests.workers.email.mail_sink import Sink, listening
from workers.copies.mirror_rows import mirror_row, person_row
from workers.email.bulk_invitations import invite_batch
from workers.email.send_email import send_due_emails
from workers.services import Services, build_services

MANY = int(os.environ.get("FOYER_INVITED") or "80")
LINK = re.compile(r"/invitations/([\w-]+)")
FORM = "a-form-that-was-sent-once"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    taken = Sink()
    with listening(taken) as address:
        yield taken, address


def people(services: Services, org: str, many: int, *, without_email: int = 0) -> list[str]:
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
        services.mirror.put_page(
            org, [mirror_row("contacts", contact, now), person_row(person, contact, now)]
        )
        ids.append(person.id)
    return ids


def progress(services: Services, org: str) -> Counter[InvitationOutcome]:
    found = services.bulk_invitations.newest(org)
    assert found is not None
    return found.counts


def test_everybody_gets_one_and_the_others_are_told_about(services: Services, org: str) -> None:
    ids = people(services, org, 6, without_email=1)
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
    services.accounts.save(active)
    for _ in range(2):
        services.bulk_invitations.start(org, "us-ada", [*ids, ids[1], "99999"], form_key=FORM)
        invite_batch(org, FORM, services)
    assert progress(services, org) == {
        InvitationOutcome.INVITED: 4,
        InvitationOutcome.ACTIVE: 1,
        InvitationOutcome.NO_EMAIL: 1,
        InvitationOutcome.GONE: 1,
    }
    assert sorted(email.to for email in services.emails.recent(org)) == [
        f"person-{number}@x.example" for number in range(1, 5)
    ]
    assert services.accounts.get("ac1") == active and services.bulk_invitations.claim_due(10, lease=1) == []


def test_it_goes_in_portions(settings: Settings, stores: Stores, org: str) -> None:
    services = build_services(dataclasses.replace(settings, invitations_per_minute=18))
    services.bulk_invitations.start(org, "us-ada", people(services, org, 7), form_key=FORM)
    for done in (3, 6, 7):
        invite_batch(org, FORM, services)
        found = services.bulk_invitations.get(org, FORM)
        assert found is not None and (found.done, found.total) == (done, 7)
        assert (services.stores.records.zscore("due:bulk", f"{org}|{FORM}") is None) == (done == 7)


def test_an_interrupted_invitation_keeps_the_link_that_was_sent(services: Services, org: str) -> None:
    (person,) = people(services, org, 1)
    services.bulk_invitations.start(org, "us-ada", [person], form_key=FORM)
    connection = services.connections.get(org)
    assert connection is not None
    invite_batch(org, FORM, services)
    send_due_emails(services)
    # As if the worker had died before it noted the outcome.
    services.stores.records.rpush(f"o:{{{org}}}:bulk:{FORM}:waiting", person)
    services.bulk_invitations.schedule(org, FORM, next_in=0)
    invite_batch(org, FORM, services)
    (email,) = services.emails.recent(org)
    assert email.state is EmailState.SENT
    link = services.links[LinkKind.INVITATION].find(LINK.findall(email.text)[0])
    assert link is not None and link.state is LinkState.OPEN


def test_many_with_killed_workers(
    settings: Settings, services: Services, org: str, sink: tuple[Sink, str], tmp_path: Path
) -> None:
    taken, address = sink
    by_smtp = dataclasses.replace(
        settings, mail_delivery="smtp", smtp_url=address, invitations_per_minute=max(600, MANY * 2)
    )
    ids = people(services, org, MANY, without_email=2)
    worker_processes = WorkerProcesses(by_smtp, tmp_path / "worker_processes")
    chance = random.Random(8)
    try:
        worker_processes.clock()
        workers = [worker_processes.worker("mail"), worker_processes.worker("mail")]
        services.bulk_invitations.start(org, "us-ada", ids, form_key=FORM)
        for share in (0.1, 0.4, 0.7):
            until(lambda share=share: len(taken.taken) > share * MANY, seconds=900, why=worker_processes.logs)  # type: ignore[misc]
            victim = chance.randrange(2)
            workers[victim].kill()
            workers[victim] = worker_processes.worker("mail")
        until(
            lambda: (
                not services.stores.records.zcard("due:mail")
                and not services.stores.records.zcard("due:bulk")
            ),
            seconds=900,
            why=worker_processes.logs,
        )
    finally:
        worker_processes.end()
    assert progress(services, org) == {InvitationOutcome.INVITED: MANY - 2, InvitationOutcome.NO_EMAIL: 2}
    assert {email.state for email in services.emails.recent(org, MANY)} == {EmailState.SENT}
    ids_of = {(mail["To"], mail["Message-ID"]) for mail in taken.taken}
    assert len(ids_of) == len({to for to, _ in ids_of}) == MANY - 2, "somebody got two letters"
    # A worker that dies between the server's yes and its own note sends the same letter again: once for each
    # death at most.
    assert len(taken.taken) - len(ids_of) <= 3
    links = {mail["To"]: LINK.findall(mail.get_body(("plain",)).get_content())[0] for mail in taken.taken}
    states = {services.links[LinkKind.INVITATION].find(secret) for secret in links.values()}
    assert {link.state for link in states if link is not None} == {LinkState.OPEN} and len(states) == MANY - 2
