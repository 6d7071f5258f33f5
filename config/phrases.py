"""Words that are kept in a record and read later, each time in the reader's own language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

MARK = "\x1e"
"""What a kept phrase begins with. Nobody can type it: every other text is somebody's own words, or of the
time before phrases.
"""


def marked(message: str) -> str:
    """The message itself. Tells `./dev words` that it is one, where a table holds it and a page says it
    later.
    """
    return message


class Phrase(str):
    """A whole sentence to be kept in a record and said in each reader's language. Reads as its English text
    everywhere else.

    Phrase("Zoho no longer has this estimate.")
    Phrase("It was taken over by %(name)s.", name=account.name)

    The message is a literal, so that `./dev words` finds it; a literal % is written %%. Values are text,
    whole numbers or phrases. A record keeps it with kept() and gives it back with read_phrase(); the gateway
    says it with `| said`.
    """

    __slots__ = ("message", "values")
    message: str
    values: dict[str, str | int]

    def __new__(cls, message: str, /, **values: str | int) -> Phrase:
        phrase = super().__new__(cls, message % values)
        phrase.message, phrase.values = message, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str | int]]:
        """So that copies are made from the message, not from the text."""
        return (self.message,), self.values


def listed(parts: Iterable[str], between: str = "; ") -> Phrase:
    """Phrases and plain texts one after the other."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Phrase(between.join(f"%({name})s" for name in values), **values)


def kept(words: str) -> str:
    """The text to store for words that may be a phrase."""
    return MARK + json.dumps(_stored(words)) if isinstance(words, Phrase) else words.replace(MARK, "")


def read_phrase(text: str) -> str:
    """What stands in a record: a Phrase again, or the plain text that it always was."""
    return _read(json.loads(text.removeprefix(MARK))) if text.startswith(MARK) else text


def said_in(words: str, translate: Callable[[str], str]) -> str:
    """The words in a reader's language. translate: message → message."""
    if not isinstance(words, Phrase):
        return words
    values = {
        name: said_in(value, translate) if isinstance(value, str) else value
        for name, value in words.values.items()
    }
    return translate(words.message) % values


def _stored(words: Phrase) -> list[Any]:
    return [
        words.message,
        {
            name: _stored(value) if isinstance(value, Phrase) else value
            for name, value in words.values.items()
        },
    ]


def _read(stored: list[Any]) -> Phrase:
    message, values = stored
    return Phrase(
        message,
        **{name: _read(value) if isinstance(value, list) else value for name, value in values.items()},
    )
