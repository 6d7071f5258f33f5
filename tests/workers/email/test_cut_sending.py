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
from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.email.emails import Email, EmailState, new_email_id
from cache.stores import Stores
from config.settings import Settings
from tests.servers.worker_process import ROOT, environment_of
from tests.workers.email.mail_sink import Sink, listening
from tests.workers.email.sample_values import SAMPLES
from workers.email.send_email import send_email
from workers.services import build_services


@pytest.mark.parametrize(
    ("kind", "step", "mails", "state"),
    [
        ("receipt", "before_begin", 1, EmailState.SENT),
        ("receipt", "after_begin", 0, EmailState.FAILED),
        ("receipt", "after_delivery", 1, EmailState.FAILED),
        ("password_reset", "after_begin", 1, EmailState.SENT),
        ("password_reset", "after_delivery", 2, EmailState.SENT),
    ],
)
def test_a_process_that_dies_between_two_steps(
    settings: Settings,
    stores: Stores,
    tmp_path: Path,
    kind: str,
    step: str,
    mails: int,
    state: EmailState,
) -> None:
    sink = Sink()
    with listening(sink) as address:
        by_smtp = dataclasses.replace(settings, mail_delivery="smtp", smtp_url=address)
        services = build_services(by_smtp)
        services.accounts.save(
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
        email = Email(
            id=new_email_id(),
            org="us-600",
            to="erin@x.example",
            kind=kind,
            account_id="ae12",
            values=SAMPLES[kind],
        )
        services.emails.add(email, once_key="event")
        environment = {**environment_of(by_smtp, tmp_path), "FOYER_CRASH_AT": step}
        if not by_smtp.data_centres:
            environment |= {
                "FOYER_DATA_CENTRES": "",
                "FOYER_ZOHO_CLIENT_ID": "nobody",
                "FOYER_ZOHO_CLIENT_SECRET": "nothing",
            }
        job = f"from workers.email.jobs import send; send({email.id!r})"
        died = subprocess.run(
            [sys.executable, "-c", job],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        )
        assert died.returncode == -signal.SIGKILL, died.stderr
        # Its lease ends by itself; the test does not wait for that.
        stores.records.delete(keys.lock(f"letter:{email.id}"))
        for _ in range(2):
            send_email(email.id, services)
    found = services.emails.get(email.id)
    assert found is not None and found.state is state
    assert len(sink.taken) == mails and len({mail["Message-ID"] for mail in sink.taken}) == min(mails, 1)
    assert "may have arrived" in found.why or state is EmailState.SENT
