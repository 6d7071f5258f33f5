"""Build a MIME message whose headers cannot be injected by user input."""

from __future__ import annotations

import datetime as dt
import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from connectors.mail.errors import MailRefused
from connectors.mail.outgoing_email import OutgoingEmail

FORBIDDEN_IN_HEADERS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
POLICY = SMTP.clone(max_line_length=900)
"""Headers are not folded: when it folds a long name, the library forgets the quotes around its commas, colons
and brackets.
"""

MAX_NAME_LENGTH = 120
FORBIDDEN_IN_IDS = re.compile(r"[^A-Za-z0-9_-]")


def build_message(mail: OutgoingEmail, *, mail_from: str) -> EmailMessage:
    """Plain text first, HTML as the alternative. Raises MailRefused unless the recipient is exactly one
    address.

    The Message-ID is derived from the email's id, so a duplicate sent after a crash is recognised by mail
    programs.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = _sender(mail.from_name, mail_from)
    message["To"] = parse_address(mail.to)
    message["Subject"] = _header_text(mail.subject)
    message["Date"] = format_datetime(dt.datetime.now(dt.UTC))
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "foyer.invalid"
    message["Message-ID"] = f"<{FORBIDDEN_IN_IDS.sub('-', mail.id)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_link:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.reply_to:
        message["Reply-To"] = parse_address(mail.reply_to)
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def _sender(name: str, mail_from: str) -> str | Address:
    """The portal's address under the merchant's name, or the operator's sender when there is no name."""
    own, address = parseaddr(mail_from)
    shown = " ".join(_header_text(name).split())[:MAX_NAME_LENGTH] or own
    try:
        return Address(display_name=shown, addr_spec=address)
    except (MessageError, ValueError, IndexError):
        return mail_from


def _header_text(text: str) -> str:
    """Text that is safe in a header. Encoded words ("=?utf-8?q?…?=") are broken up, because the library would
    decode them and they may hide line breaks.
    """
    return FORBIDDEN_IN_HEADERS.sub(" ", text).replace("=?", "= ?").strip()


def parse_address(text: str) -> Address:
    """Exactly one bare address. Lists, names and line breaks are refused: "a@b.example, c@d.example" would
    also reach a stranger.
    """
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        raise MailRefused("the recipient is not a mail address") from None
    # Addresses beyond ASCII need a server that supports SMTPUTF8; others would mangle them.
    if (
        not text.isascii()
        or not address.username
        or not address.domain
        or FORBIDDEN_IN_HEADERS.search(text)
        or address.addr_spec != text
    ):
        raise MailRefused("the recipient is not a mail address")
    return address
