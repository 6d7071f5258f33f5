"""Messages are display text in the organisation's language (zoho.md 2.2)."""

from __future__ import annotations

from sandbox.wording import ENGLISH, GERMAN, say


def test_every_message_is_there_in_every_language():
    assert set(GERMAN) == set(ENGLISH)
    assert not [key for key in ENGLISH if say("de", key) == say("en", key)]


def test_a_language_nobody_wrote_is_answered_in_english():
    assert say("sv", "comment_added") == ENGLISH["comment_added"]
