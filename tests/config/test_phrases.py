"""Sentences that are kept in records: whole again in every reader's language."""

from __future__ import annotations

from config.phrases import MARK, Phrase, kept, listed, read_phrase, said_in


def test_a_phrase_reads_as_its_english_text() -> None:
    assert Phrase("Taken over by %(name)s.", name="Ada") == "Taken over by Ada."


def test_a_kept_phrase_comes_back_with_its_values() -> None:
    phrase = Phrase(
        "%(who)s: %(number)s, %(what)s",
        who="Ada",
        number=3,
        what=listed([Phrase("Valid until"), "2026-11-23"]),
    )
    again = read_phrase(kept(phrase))
    assert isinstance(again, Phrase)
    assert (again, again.message, again.values) == (phrase, phrase.message, phrase.values)
    assert isinstance(again.values["what"], Phrase)


def test_plain_words_stay_as_they_are() -> None:
    assert read_phrase(kept("Zoho: 100 % wrong")) == "Zoho: 100 % wrong"
    assert said_in("100 %", lambda message: "never") == "100 %"


def test_nobodys_words_are_taken_for_a_phrase() -> None:
    assert read_phrase(kept(f'{MARK}["Pay %(all)s", {{}}]')) == '["Pay %(all)s", {}]'


def test_a_phrase_is_said_in_the_readers_language_through_all_its_parts() -> None:
    phrase = Phrase(
        "Again for %(name)s: %(what)s.", name="5 % off", what=listed([Phrase("Tax"), Phrase("Total")])
    )
    german = {
        "Again for %(name)s: %(what)s.": "Für %(name)s wieder: %(what)s.",
        "Tax": "Steuer",
        "Total": "Summe",
    }
    assert (
        said_in(phrase, lambda message: german.get(message, message)) == "Für 5 % off wieder: Steuer; Summe."
    )
