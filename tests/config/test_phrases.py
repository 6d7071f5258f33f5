"""Sentences that are kept in records: whole again in every reader's language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from config.phrases import Phrase, kept, read_phrase, said_in

WHEN = dt.datetime(2026, 11, 23, 10, 42, tzinfo=dt.UTC)


def test_a_phrase_reads_as_its_english_text() -> None:
    assert Phrase("Taken over by %(name)s.", name="Ada") == "Taken over by Ada."


def test_a_kept_phrase_comes_back_with_its_values() -> None:
    phrase = Phrase("%(who)s %(number)s %(amount)s %(day)s %(at)s", who="Ada", number=3, amount=Decimal("1.50"), day=WHEN.date(), at=WHEN)
    again = read_phrase(kept(phrase))
    assert isinstance(again, Phrase)
    assert (again, again.message, again.values) == (phrase, phrase.message, phrase.values)


def test_plain_words_stay_as_they_are() -> None:
    assert read_phrase(kept("Zoho: 100 % wrong")) == "Zoho: 100 % wrong"
    assert said_in("100 %", lambda message: "never") == "100 %"


def test_a_phrase_is_said_in_the_readers_language() -> None:
    phrase = Phrase("Again at %(at)s for %(name)s.", at=WHEN, name="5 % off")
    german = {"Again at %(at)s for %(name)s.": "Für %(name)s wieder um %(at)s."}
    assert said_in(phrase, german.__getitem__, lambda value: "10:42") == "Für 5 % off wieder um 10:42."
