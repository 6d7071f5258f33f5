"""Mail errors, named by what the caller should do."""

from __future__ import annotations


class MailError(Exception):
    """Base class. reason: one plain sentence without addresses."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailUnavailable(MailError):
    """Try again later: the mail server is unreachable, busy or misconfigured."""


class MailRefused(MailError):
    """The server will never accept this email: the address does not exist or is malformed."""
