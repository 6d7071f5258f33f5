"""Deliver emails: into a folder in development, otherwise through a mail server."""

from __future__ import annotations

import os
import smtplib
import ssl
import tempfile
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog

from config.settings import Settings
from connectors.mail.errors import MailError, MailRefused, MailUnavailable
from connectors.mail.message import FORBIDDEN_IN_IDS, build_message
from connectors.mail.outgoing_email import OutgoingEmail

log = structlog.get_logger()

TIMEOUT = 20.0
"""Seconds a mail server may stay silent."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def deliver(settings: Settings, mail: OutgoingEmail) -> None:
    """Deliver the email. Raises MailUnavailable (try again) or MailRefused (give up).

    Safe to repeat: a folder overwrites the same file, and SMTP carries the same Message-ID.
    """
    outcome = "delivered"
    try:
        message = build_message(mail, mail_from=settings.mail_from)
        if settings.mail_delivery == "smtp":
            send_by_smtp(message, settings.smtp_url)
        else:
            save_to_folder(message, settings.mail_folder, mail.id)
    except MailError as fault:
        outcome = type(fault).__name__
        raise
    finally:
        log.info("mail_delivery", org=mail.org, mail=mail.id, kind=mail.kind, outcome=outcome)


def save_to_folder(message: EmailMessage, folder: Path, email_id: str) -> Path:
    """Write the message as one .eml file, atomically. Raises MailUnavailable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
        return Path(aside).replace(folder / f"{FORBIDDEN_IN_IDS.sub('-', email_id)}.eml")
    except OSError as fault:
        raise MailUnavailable("the mail folder cannot be written") from fault


def send_by_smtp(message: EmailMessage, smtp_url: str) -> None:
    """Deliver by SMTP: smtps:// uses TLS from the start, smtp:// upgrades with STARTTLS when offered.

    A password is never sent unencrypted, except to this machine. Raises MailUnavailable or MailRefused.
    """
    address = urlsplit(smtp_url)
    host, secure = address.hostname or "", ssl.create_default_context()
    try:
        if address.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, address.port or 465, timeout=TIMEOUT, context=secure
            )
        else:
            server = smtplib.SMTP(host, address.port or 25, timeout=TIMEOUT)
        with server:
            server.ehlo()
            is_safe = address.scheme == "smtps" or host in LOOPBACK
            if address.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls(context=secure)
                is_safe = True
            if address.username:
                if not is_safe:
                    raise MailUnavailable("the mail server offers no secure line for the password")
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as fault:
        codes = [code for code, _ in fault.recipients.values()]
        raise _error_for_code(max(codes, default=0), "the mail server did not take the recipient") from None
    except smtplib.SMTPResponseException as fault:
        is_about_us = isinstance(
            fault, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError
        )
        raise _error_for_code(
            0 if is_about_us else fault.smtp_code, "the mail server did not take the letter"
        ) from None
    except (smtplib.SMTPException, OSError) as fault:
        raise MailUnavailable("the mail server cannot be reached") from fault


def _error_for_code(code: int, reason: str) -> MailError:
    """Permanent for 5xx, temporary otherwise (RFC 5321, 4.2.1)."""
    return MailRefused(reason) if 500 <= code < 600 else MailUnavailable(reason)
