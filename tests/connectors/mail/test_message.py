"""A letter's headers say what the portal means, whatever people typed."""

from __future__ import annotations

import dataclasses
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.mail.errors import MailRefused
from connectors.mail.message import build_message
from connectors.mail.outgoing_email import OutgoingEmail

FROM = "Foyer <portal@foyer.example>"


def parsed(email: OutgoingEmail) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in message_from_bytes(
            build_message(email, mail_from=FROM).as_bytes(), policy=default
        ).items()
    }


def test_a_letter_has_a_text_and_an_html_part(email: OutgoingEmail) -> None:
    message = message_from_bytes(build_message(email, mail_from=FROM).as_bytes(), policy=default)
    parts = {part.get_content_type(): part.get_content().strip() for part in message.iter_parts()}
    assert parts == {"text/plain": email.text, "text/html": email.html}


def test_umlauts_arrive_as_they_were_written(email: OutgoingEmail) -> None:
    assert (
        parsed(dataclasses.replace(email, subject="Angebot für Größe 4 ₹"))["Subject"]
        == "Angebot für Größe 4 ₹"
    )


@given(subject=st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_subject_cannot_add_a_header(email: OutgoingEmail, subject: str) -> None:
    one = dataclasses.replace(email, subject=f"Hello\r\nBcc: evil@x.example\r\n\r\nbody{subject}")
    headers = parsed(one)
    assert set(headers) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Reply-To",
        "MIME-Version",
        "Content-Type",
    }
    assert headers["To"] == one.to


@pytest.mark.parametrize(
    "to",
    [
        "",
        "nobody",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a@b.example\r\n\r\nbody",
        "Ana <a@b.example>",
        "a@b.example;c@d.example",
        "@b.example",
        "ä@b.example",
        "a@",
        "a b@c.example",
        "<a@b.example>",
        "a@b.example\x00",
        "undisclosed-recipients:;",
    ],
)
def test_the_recipient_is_exactly_one_address(email: OutgoingEmail, to: str) -> None:
    with pytest.raises(MailRefused):
        build_message(dataclasses.replace(email, to=to), mail_from=FROM)
    with pytest.raises(MailRefused):
        build_message(dataclasses.replace(email, reply_to=to or "nobody"), mail_from=FROM)


def test_a_letter_sent_twice_bears_one_message_id(email: OutgoingEmail) -> None:
    first, second = parsed(email), parsed(email)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@foyer.example>")
