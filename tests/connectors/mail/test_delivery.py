"""Letters out: a folder, or a real mail server on this machine."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from config.settings import Settings
from connectors.mail import delivery
from connectors.mail.delivery import deliver
from connectors.mail.errors import MailRefused, MailUnavailable
from connectors.mail.outgoing_email import OutgoingEmail
from tests.servers.free_ports import free_ports


class Inbox:
    """What a mail server does with a letter: takes it, or answers what a test tells it."""

    def __init__(self) -> None:
        self.emails: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_data = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's names
        if self.answer_to_data.startswith("250"):
            self.emails.append(envelope.content)
            self.recipients.append(envelope.rcpt_tos)
        return self.answer_to_data


@pytest.fixture
def inbox(settings: Settings) -> Iterator[tuple[Inbox, Settings]]:
    taken, port = Inbox(), free_ports(1)[0]
    server = Controller(taken, hostname="127.0.0.1", port=port)
    server.start()
    yield taken, dataclasses.replace(settings, mail_delivery="smtp", smtp_url=f"smtp://127.0.0.1:{port}")
    server.stop()


def test_the_folder_holds_whole_messages_and_nothing_half_written(
    settings: Settings, email: OutgoingEmail
) -> None:
    deliver(settings, email)
    files = list(settings.mail_folder.iterdir())
    assert [file.name for file in files] == [f"{email.id}.eml"]
    message = message_from_bytes(files[0].read_bytes(), policy=default)
    assert (message["To"], message["Subject"]) == (email.to, email.subject)


def test_the_same_letter_written_twice_is_one_file(settings: Settings, email: OutgoingEmail) -> None:
    deliver(settings, email)
    deliver(settings, email)
    assert len(list(settings.mail_folder.iterdir())) == 1


def test_an_id_cannot_leave_the_folder(settings: Settings, email: OutgoingEmail) -> None:
    deliver(settings, dataclasses.replace(email, id="../../escaped"))
    assert [file.parent for file in settings.mail_folder.parent.rglob("*.eml")] == [settings.mail_folder]


def test_a_folder_that_cannot_be_written_is_try_again(
    settings: Settings, email: OutgoingEmail, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(MailUnavailable):
        deliver(dataclasses.replace(settings, mail_folder=blocked / "mails"), email)


def test_a_letter_goes_by_smtp_to_its_one_recipient(
    inbox: tuple[Inbox, Settings], email: OutgoingEmail
) -> None:
    taken, settings = inbox
    deliver(settings, email)
    assert taken.recipients == [[email.to]]
    assert message_from_bytes(taken.emails[0], policy=default)["Subject"] == email.subject


@pytest.mark.parametrize(
    ("recipient", "data", "kind"),
    [
        ("550 no such person", "250 OK", MailRefused),
        ("450 try later", "250 OK", MailUnavailable),
        ("250 OK", "554 no", MailRefused),
        ("250 OK", "451 later", MailUnavailable),
    ],
)
def test_5xx_is_for_good_and_4xx_is_for_now(
    inbox: tuple[Inbox, Settings], email: OutgoingEmail, recipient: str, data: str, kind: type[Exception]
) -> None:
    taken, settings = inbox
    taken.answer_to_recipient, taken.answer_to_data = recipient, data
    with pytest.raises(kind):
        deliver(settings, email)
    assert taken.emails == []


def test_a_mail_server_that_is_away_is_try_again(settings: Settings, email: OutgoingEmail) -> None:
    away = dataclasses.replace(
        settings, mail_delivery="smtp", smtp_url=f"smtp://127.0.0.1:{free_ports(1)[0]}"
    )
    with pytest.raises(MailUnavailable):
        deliver(away, email)


def test_a_password_never_goes_over_an_open_line(
    inbox: tuple[Inbox, Settings], email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, settings = inbox
    monkeypatch.setattr(delivery, "LOOPBACK", ())  # as if the server stood elsewhere
    with_password = dataclasses.replace(settings, smtp_url=settings.smtp_url.replace("//", "//ada:secret@"))
    with pytest.raises(MailUnavailable, match="secure line"):
        deliver(with_password, email)
    assert taken.emails == []
