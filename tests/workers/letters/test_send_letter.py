"""Letters: once each, tried again when the mail server is away, never for an address that does not exist."""

from __future__ import annotations

import asyncio
import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from cache.records.letters import Letter, LetterState, new_letter_id
from cache.redis_connections import RedisConnections
from config.settings import Settings
from servers.free_ports import free_ports
from workers.job_setup import Resources, build_resources
from workers.letters.send_letter import FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES, pause_after, send_letter


@pytest.fixture
def letter(desk: Resources) -> Letter:
    made = Letter(
        id=new_letter_id(),
        org="us-600",
        to="erin@example.com",
        kind="invitation",
        values={"customer": "Erin Ltd"},
    )
    desk.letters.add(made, once_key="invitation-1", secret_path="/invitations/abc")
    return made


@pytest.fixture
def without_server(settings: Settings, redis: RedisConnections) -> Resources:
    """A desk whose mail server does not answer."""
    away = f"smtp://127.0.0.1:{free_ports(1)[0]}"
    return build_resources(dataclasses.replace(settings, mail_delivery="smtp", smtp_url=away))


def now(desk: Resources, letter: Letter) -> Letter:
    found = desk.letters.get(letter.id)
    assert found is not None
    return found


def test_a_letter_is_sent_once_however_often_it_is_rung_for(
    desk: Resources, letter: Letter, settings: Settings
) -> None:
    send_letter(letter.id, desk)
    written = next(settings.mail_folder.iterdir())
    first = written.stat().st_mtime_ns
    send_letter(letter.id, desk)
    assert written.stat().st_mtime_ns == first
    assert (now(desk, letter).state, now(desk, letter).tries) == (LetterState.SENT, 1)
    assert desk.mail_due.at(letter.id) is None


class SlowMailServer:
    """Takes a while for every letter, and counts them."""

    def __init__(self) -> None:
        self.taken = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(0.3)
        self.taken += 1
        return "250 OK"


def test_two_workers_send_it_once(settings: Settings, redis: RedisConnections, letter: Letter) -> None:
    server, port = SlowMailServer(), free_ports(1)[0]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        by_smtp = dataclasses.replace(settings, mail_delivery="smtp", smtp_url=f"smtp://127.0.0.1:{port}")
        desks = [build_resources(by_smtp) for _ in range(4)]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda desk: send_letter(letter.id, desk), desks))
    finally:
        controller.stop()
    assert server.taken == 1
    assert now(desks[0], letter).state is LetterState.SENT


def test_an_absent_mail_server_is_tried_again_later(without_server: Resources, letter: Letter) -> None:
    send_letter(letter.id, without_server)
    waiting = now(without_server, letter)
    assert (waiting.state, waiting.tries) == (LetterState.WAITING, 1)
    assert waiting.why
    assert without_server.mail_due.at(letter.id) is not None


def test_after_many_tries_a_letter_is_given_up_and_says_why(
    without_server: Resources, letter: Letter
) -> None:
    for _ in range(MOST_TRIES + 2):
        send_letter(letter.id, without_server)
    given_up = now(without_server, letter)
    assert (given_up.state, given_up.tries) == (LetterState.FAILED, MOST_TRIES)
    assert without_server.mail_due.at(letter.id) is None


def test_an_address_that_is_none_is_not_tried_again(desk: Resources, settings: Settings) -> None:
    made = Letter(
        id=new_letter_id(),
        org="us-600",
        to="a@b.example, c@d.example",
        kind="invitation",
        values={"customer": ""},
    )
    desk.letters.add(made, once_key="two-addresses")
    send_letter(made.id, desk)
    assert now(desk, made).state is LetterState.FAILED
    assert not Path(settings.mail_folder).exists() or not list(settings.mail_folder.iterdir())


def test_a_letter_that_is_not_there_is_forgotten(desk: Resources) -> None:
    desk.mail_due.set_in("gone", 0)
    send_letter("gone", desk)
    assert desk.mail_due.at("gone") is None


def test_pauses_double_up_to_three_hours() -> None:
    assert [pause_after(tries) for tries in range(3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pause_after(MOST_TRIES) == LONGEST_PAUSE
