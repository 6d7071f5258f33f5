"""Words that are kept in a record and read later, each time in the reader's own language."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

Value = str | int | Decimal | dt.date | dt.datetime
MARK = "phrase:"
"""What a kept phrase begins with; every other text is somebody's own words, or of the time before phrases."""


def marked(message: str) -> str:
    """The message itself. Tells `./dev words` that it is one, where a table holds it and a page says it later."""
    return message


class Phrase(str):
    """A whole sentence to be kept in a record and said in each reader's language. Reads as its English text everywhere else.

    Phrase("Zoho no longer has this estimate.")
    Phrase("Zoho answered on %(day)s.", day=some_date)
    Phrase("It was taken over by %(name)s.", name=account.name)

    The message is a literal, so that `./dev words` finds it; a literal % is written %%. Values are text, whole numbers, exact
    amounts, days and times; days and times are written in the reader's language. Keep it with .kept(), read it with said_in().
    """

    message: str
    values: dict[str, Value]

    def __new__(cls, message: str, /, **values: Value) -> Phrase:
        phrase = super().__new__(cls, message % values)
        phrase.message, phrase.values = message, values
        return phrase

    def kept(self) -> str:
        """The text to store: message and values."""
        return MARK + json.dumps([self.message, {name: _stored(value) for name, value in self.values.items()}], ensure_ascii=False)


def kept(words: str) -> str:
    """What to store for words that may be a phrase."""
    return words.kept() if isinstance(words, Phrase) else words


def read_phrase(text: str) -> str:
    """What stands in a record: a Phrase again, or the plain text that it always was."""
    if not text.startswith(MARK):
        return text
    message, values = json.loads(text.removeprefix(MARK))
    return Phrase(message, **{name: _read(value) for name, value in values.items()})


def said_in(words: str, translate: Callable[[str], str], write: Callable[[Value], str] = str) -> str:
    """The words in a reader's language. translate: message → message; write: how a value that is no text reads there."""
    if not isinstance(words, Phrase):
        return words
    return translate(words.message) % {name: value if isinstance(value, str) else write(value) for name, value in words.values.items()}


def _stored(value: Value) -> Any:
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return {"amount": str(value)} if isinstance(value, Decimal) else value


def _read(value: Any) -> Value:
    if not isinstance(value, dict):
        return str(value) if not isinstance(value, int) else value
    ((kind, text),) = value.items()
    readers: dict[str, Callable[[str], Value]] = {"moment": dt.datetime.fromisoformat, "day": dt.date.fromisoformat, "amount": Decimal}
    return readers[kind](text)
