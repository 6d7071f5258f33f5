"""What can go wrong with a letter, named by what to do about it."""

from __future__ import annotations


class MailError(Exception):
    """Root. reason: one plain sentence without addresses."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailUnavailable(MailError):
    """Try again later: the mail server is away, busy or not set up properly."""


class MailRefused(MailError):
    """This letter will not be taken, now or later: the address does not exist or is no address."""
