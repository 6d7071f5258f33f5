"""Names, subjects and addresses that would add a header, a recipient or a second letter to what the portal
sends.
"""

from __future__ import annotations

import email
from email.policy import SMTP

import pytest

from connectors.mail.errors import MailRefused
from connectors.mail.message import build_message
from connectors.mail.outgoing_email import OutgoingEmail

BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\r\n ",
    "\n\t",
    "%0d%0a",
    "\\r\\n",
    "=?utf-8?q?=0d=0a?=",
    "\0",
)
ADDED = "Bcc: everybody@attacker.example"


def an_email(**changed: str) -> OutgoingEmail:
    given = {
        "id": "letter-1",
        "org": "us-1",
        "kind": "invitation",
        "to": "nora@northwind.example",
        "subject": "An invitation",
        "text": "Hello.",
        "html": "",
        "reply_to": "office@harbour.example",
        "from_name": "Harbour Light",
        "unsubscribe_link": "",
    }
    return OutgoingEmail(**{**given, **changed})


def sent(sent_email: OutgoingEmail) -> email.message.EmailMessage:
    """As a mail server reads it."""
    written = build_message(sent_email, mail_from="Portal <portal@foyer.example>").as_bytes()
    return email.message_from_bytes(written, policy=SMTP)  # type: ignore[return-value]


@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize("field", ["subject", "from_name", "id", "kind"])
def test_no_text_adds_a_header(field: str, line_break: str) -> None:
    read = sent(an_email(**{field: f"Hello{line_break}{ADDED}{line_break}{line_break}<script>"}))
    assert read["Bcc"] is None and read["Cc"] is None
    assert [str(item) for item in read.get_all("To", [])] == ["nora@northwind.example"]
    assert len(read.get_all("Subject", [])) == len(read.get_all("From", [])) == 1
    assert "portal@foyer.example" in str(read["From"]) and "everybody@attacker.example" not in [
        address.addr_spec for address in read["From"].addresses
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Boss <boss@attacker.example>",
        "a, b@attacker.example",
        "group: b@attacker.example;",
        '" <b@attacker.example>',
        "(b@x)",
    ],
)
@pytest.mark.parametrize("length", [0, 30, 60, 90, 500])
def test_no_name_however_long_makes_another_sender(name: str, length: int) -> None:
    read = sent(an_email(from_name="x" * length + name))
    assert [address.addr_spec for address in read["From"].addresses] == ["portal@foyer.example"]


@pytest.mark.parametrize("line_break", BREAKS[:9])
@pytest.mark.parametrize("field", ["to", "reply_to"])
def test_no_address_adds_a_recipient(field: str, line_break: str) -> None:
    with pytest.raises(MailRefused):
        build_message(
            an_email(**{field: f"nora@northwind.example{line_break}{ADDED}"}),
            mail_from="portal@foyer.example",
        )


@pytest.mark.parametrize(
    "to",
    [
        "a@x.example,b@x.example",
        "a@x.example;b@x.example",
        "<a@x.example>",
        "A <a@x.example>",
        '"a@x.example, b"@x.example ',
        "a@x.example b@x.example",
        "a@[127.0.0.1]\n",
        "group: a@x.example;",
        "nоra@northwind.example",
        "@x.example",
        "a@",
        "a@x.example(comment)",
    ],
)
def test_only_one_bare_address_is_written_to(to: str) -> None:
    with pytest.raises(MailRefused):
        build_message(an_email(to=to), mail_from="portal@foyer.example")


def test_a_line_of_a_text_that_looks_like_the_end_of_a_letter_is_text() -> None:
    text = f"Hello.\r\n.\r\nMAIL FROM:<x@attacker.example>\r\n{ADDED}\r\n"
    read = sent(an_email(text=text))
    assert read["Bcc"] is None and "MAIL FROM" in read.get_content()
