"""Words that are kept in a record and read later, each time in the reader's own language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

STORED_MESSAGE_PREFIX = "\x1e"
"""What a kept phrase begins with. Nobody can type it: every other text is somebody's own words, or of the
time before phrases.
"""


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext knows it
    """The message itself. Tells `./dev translations` that it is one, where a table holds it and a page says
    it later.
    """
    return message


class StoredMessage(str):
    """A whole sentence to be kept in a record and said in each reader's language. Reads as its English text
    everywhere else.

    StoredMessage("Zoho no longer has this estimate.")
    StoredMessage("It was taken over by %(name)s.", name=account.name)

    The message is a literal, so that `./dev translations` finds it; a literal % is written %%. Values are
    text, whole numbers or phrases. A record keeps it with stored_text() and gives it back with
    read_stored_text(); the gateway says it with `| said`.
    """

    __slots__ = ("message", "values")
    message: str
    values: dict[str, str | int]

    def __new__(cls, message: str, /, **values: str | int) -> StoredMessage:
        phrase = super().__new__(cls, message % values)
        phrase.message, phrase.values = message, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str | int]]:
        """So that copies are made from the message, not from the text."""
        return (self.message,), self.values


def join_messages(parts: Iterable[str], between: str = "; ") -> StoredMessage:
    """Phrases and plain texts one after the other."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return StoredMessage(between.join(f"%({name})s" for name in values), **values)


def stored_text(text: str) -> str:
    """The text to store for words that may be a phrase."""
    return (
        STORED_MESSAGE_PREFIX + json.dumps(_stored(text))
        if isinstance(text, StoredMessage)
        else text.replace(STORED_MESSAGE_PREFIX, "")
    )


def read_stored_text(text: str) -> str:
    """What stands in a record: a Phrase again, or the plain text that it always was."""
    return (
        _read(json.loads(text.removeprefix(STORED_MESSAGE_PREFIX)))
        if text.startswith(STORED_MESSAGE_PREFIX)
        else text
    )


def translate_message(text: str, gettext: Callable[[str], str]) -> str:
    """The words in a reader's language. translate: message → message."""
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
