"""Letters: once each, tried again when the mail server is away, never for an address that does not exist."""

from __future__ import annotations

import asyncio
import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from cache.records.email.emails import Email, EmailState, new_email_id
from cache.stores import Stores
from config.settings import Settings
from tests.servers.free_ports import free_ports
from workers.email.send_email import FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES, retry_pause, send_email
from workers.services import Services, build_services


@pytest.fixture
def email(services: Services) -> Email:
    made = Email(
        id=new_email_id(),
        org="us-600",
        to="erin@example.com",
        kind="invitation",
        values={"customer": "Erin Ltd"},
    )
    services.emails.add(made, once_key="invitation-1", secret_path="/invitations/abc")
    return made


@pytest.fixture
def without_server(settings: Settings, stores: Stores) -> Services:
    """A desk whose mail server does not answer."""
    away = f"smtp://127.0.0.1:{free_ports(1)[0]}"
    return build_services(dataclasses.replace(settings, mail_delivery="smtp", smtp_url=away))


def now(services: Services, email: Email) -> Email:
    found = services.emails.get(email.id)
    assert found is not None
    return found


def test_a_letter_is_sent_once_however_often_it_is_rung_for(
    services: Services, email: Email, settings: Settings
) -> None:
    send_email(email.id, services)
    written = next(settings.mail_folder.iterdir())
    first = written.stat().st_mtime_ns
    send_email(email.id, services)
    assert written.stat().st_mtime_ns == first
    assert (now(services, email).state, now(services, email).tries) == (EmailState.SENT, 1)
    assert services.mail_due.at(email.id) is None


class SlowMailServer:
    """Takes a while for every letter, and counts them."""

    def __init__(self) -> None:
        self.taken = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(0.3)
        self.taken += 1
        return "250 OK"


def test_two_workers_send_it_once(settings: Settings, stores: Stores, email: Email) -> None:
    server, port = SlowMailServer(), free_ports(1)[0]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        by_smtp = dataclasses.replace(settings, mail_delivery="smtp", smtp_url=f"smtp://127.0.0.1:{port}")
        all_services = [build_services(by_smtp) for _ in range(4)]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda services: send_email(email.id, services), all_services))
    finally:
        controller.stop()
    assert server.taken == 1
    assert now(all_services[0], email).state is EmailState.SENT


def test_an_absent_mail_server_is_tried_again_later(without_server: Services, email: Email) -> None:
    send_email(email.id, without_server)
    waiting = now(without_server, email)
    assert (waiting.state, waiting.tries) == (EmailState.WAITING, 1)
    assert waiting.why
    assert without_server.mail_due.at(email.id) is not None


def test_after_many_tries_a_letter_is_given_up_and_says_why(without_server: Services, email: Email) -> None:
    for _ in range(MOST_TRIES + 2):
        send_email(email.id, without_server)
    given_up = now(without_server, email)
    assert (given_up.state, given_up.tries) == (EmailState.FAILED, MOST_TRIES)
    assert without_server.mail_due.at(email.id) is None


def test_an_address_that_is_none_is_not_tried_again(services: Services, settings: Settings) -> None:
    made = Email(
        id=new_email_id(),
        org="us-600",
        to="a@b.example, c@d.example",
        kind="invitation",
        values={"customer": ""},
    )
    services.emails.add(made, once_key="two-addresses")
    send_email(made.id, services)
    assert now(services, made).state is EmailState.FAILED
    assert not Path(settings.mail_folder).exists() or not list(settings.mail_folder.iterdir())


def test_a_letter_that_is_not_there_is_forgotten(services: Services) -> None:
    services.mail_due.set_in("gone", 0)
    send_email("gone", services)
    assert services.mail_due.at("gone") is None


def test_pauses_double_up_to_three_hours() -> None:
    assert [retry_pause(tries) for tries in range(3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert retry_pause(MOST_TRIES) == LONGEST_PAUSE
