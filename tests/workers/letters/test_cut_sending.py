"""A process that dies while it sends a letter: what a person needs comes, once more at most and as one
message; news never twice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cache import keys
from cache.records.accounts import AccountState, ClientAccount
from cache.records.letters import Letter, LetterState, new_letter_id
from cache.redis_connections import RedisConnections
from config.settings import Settings
from servers.worker_process import ROOT, environment_of
from tests.workers.letters.mail_sink import Sink, listening
from tests.workers.letters.sample_values import SAMPLES
from workers.job_setup import build_resources
from workers.letters.send_letter import send_letter


@pytest.mark.parametrize(
    ("kind", "step", "mails", "state"),
    [
        ("receipt", "before_begin", 1, LetterState.SENT),
        ("receipt", "after_begin", 0, LetterState.FAILED),
        ("receipt", "after_handing_over", 1, LetterState.FAILED),
        ("password_reset", "after_begin", 1, LetterState.SENT),
        ("password_reset", "after_handing_over", 2, LetterState.SENT),
    ],
)
def test_a_process_that_dies_between_two_steps(
    settings: Settings,
    redis: RedisConnections,
    tmp_path: Path,
    kind: str,
    step: str,
    mails: int,
    state: LetterState,
) -> None:
    sink = Sink()
    with listening(sink) as address:
        by_smtp = dataclasses.replace(settings, mail_delivery="smtp", smtp_url=address)
        desk = build_resources(by_smtp)
        desk.accounts.save(
            ClientAccount(
                id="ae12",
                org="us-600",
                customer_id="5",
                person_id="9",
                email="erin@x.example",
                name="Erin",
                password_hash="x",
                state=AccountState.ACTIVE,
                created_at=dt.datetime.now(dt.UTC),
            )
        )
        letter = Letter(
            id=new_letter_id(),
            org="us-600",
            to="erin@x.example",
            kind=kind,
            account_id="ae12",
            values=SAMPLES[kind],
        )
        desk.letters.add(letter, once_key="event")
        environment = {**environment_of(by_smtp, tmp_path), "FOYER_CRASH_AT": step}
        if not by_smtp.data_centres:
            environment |= {
                "FOYER_DATA_CENTRES": "",
                "FOYER_ZOHO_CLIENT_ID": "nobody",
                "FOYER_ZOHO_CLIENT_SECRET": "nothing",
            }
        job = f"from workers.mail_jobs import send; send({letter.id!r})"
        died = subprocess.run(
            [sys.executable, "-c", job],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        )
        assert died.returncode == -signal.SIGKILL, died.stderr
        # Its lease ends by itself; the test does not wait for that.
        redis.records.delete(keys.lock(f"letter:{letter.id}"))
        for _ in range(2):
            send_letter(letter.id, desk)
    found = desk.letters.get(letter.id)
    assert found is not None and found.state is state
    assert len(sink.taken) == mails and len({mail["Message-ID"] for mail in sink.taken}) == min(mails, 1)
    assert "may have arrived" in found.why or state is LetterState.SENT
