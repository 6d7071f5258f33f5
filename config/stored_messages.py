"""Translatable messages that can be stored and are translated when read, into the reader's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

STORED_MESSAGE_PREFIX = "\x1e"
"""Marks a stored message. It cannot be typed: it is removed from every other text."""


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext knows it
    """Mark a message for translation (gettext_noop): `./dev translations` finds it, and a page translates it
    later.
    """
    return message


class StoredMessage(str):
    """A whole sentence to store in a record and translate for each reader. Elsewhere it reads as its English
    text.

    StoredMessage("Zoho no longer has this estimate.")
    StoredMessage("It was taken over by %(name)s.", name=account.name)

    The message is a literal, so that `./dev translations` finds it; a literal % is written %%. Values are
    text, whole numbers or stored messages. A record writes it with stored_text() and reads it with
    read_stored_text(); templates translate it with `| said`.
    """

    __slots__ = ("message", "values")
    message: str
    values: dict[str, str | int]

    def __new__(cls, message: str, /, **values: str | int) -> StoredMessage:
        text = super().__new__(cls, message % values)
        text.message, text.values = message, values
        return text

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str | int]]:
        """Copies are made from the message, not from the text."""
        return (self.message,), self.values


def join_messages(parts: Iterable[str], between: str = "; ") -> StoredMessage:
    """Stored messages and plain texts, joined."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return StoredMessage(between.join(f"%({name})s" for name in values), **values)


def stored_text(text: str) -> str:
    """The text to store: a StoredMessage as JSON with its prefix, plain text unchanged."""
    return (
        STORED_MESSAGE_PREFIX + json.dumps(_stored(text))
        if isinstance(text, StoredMessage)
        else text.replace(STORED_MESSAGE_PREFIX, "")
    )


def read_stored_text(text: str) -> str:
    """The stored text as a StoredMessage again, or as the plain text it was."""
    return (
        _read(json.loads(text.removeprefix(STORED_MESSAGE_PREFIX)))
        if text.startswith(STORED_MESSAGE_PREFIX)
        else text
    )


def translate_message(text: str, gettext: Callable[[str], str]) -> str:
    """The text in a reader's language. gettext: message → translation."""
    if not isinstance(text, StoredMessage):
        return text
    values = {
        name: translate_message(value, gettext) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    return gettext(text.message) % values


def _stored(text: StoredMessage) -> list[Any]:
    return [
        text.message,
        {
            name: _stored(value) if isinstance(value, StoredMessage) else value
            for name, value in text.values.items()
        },
    ]


def _read(stored: list[Any]) -> StoredMessage:
    message, values = stored
    return StoredMessage(
        message,
        **{name: _read(value) if isinstance(value, list) else value for name, value in values.items()},
    )
