"""Sentences that are kept in records: whole again in every reader's language."""

from __future__ import annotations

from config.stored_messages import (
    STORED_MESSAGE_PREFIX,
    StoredMessage,
    join_messages,
    read_stored_text,
    stored_text,
    translate_message,
)


def test_a_phrase_reads_as_its_english_text() -> None:
    assert StoredMessage("Taken over by %(name)s.", name="Ada") == "Taken over by Ada."


def test_a_kept_phrase_comes_back_with_its_values() -> None:
    message = StoredMessage(
        "%(who)s: %(number)s, %(what)s",
        who="Ada",
        number=3,
        what=join_messages([StoredMessage("Valid until"), "2026-11-23"]),
    )
    again = read_stored_text(stored_text(message))
    assert isinstance(again, StoredMessage)
    assert (again, again.message, again.values) == (message, message.message, message.values)
    assert isinstance(again.values["what"], StoredMessage)


def test_plain_words_stay_as_they_are() -> None:
    assert read_stored_text(stored_text("Zoho: 100 % wrong")) == "Zoho: 100 % wrong"
    assert translate_message("100 %", lambda message: "never") == "100 %"


def test_nobodys_words_are_taken_for_a_phrase() -> None:
    assert (
        read_stored_text(stored_text(f'{STORED_MESSAGE_PREFIX}["Pay %(all)s", {{}}]'))
        == '["Pay %(all)s", {}]'
    )


def test_a_phrase_is_said_in_the_readers_language_through_all_its_parts() -> None:
    message = StoredMessage(
        "Again for %(name)s: %(what)s.",
        name="5 % off",
        what=join_messages([StoredMessage("Tax"), StoredMessage("Total")]),
    )
    german = {
        "Again for %(name)s: %(what)s.": "Für %(name)s wieder: %(what)s.",
        "Tax": "Steuer",
        "Total": "Summe",
    }
    assert (
        translate_message(message, lambda message: german.get(message, message))
        == "Für 5 % off wieder: Steuer; Summe."
    )
