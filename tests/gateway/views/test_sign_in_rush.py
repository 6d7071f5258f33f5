"""Tries at the very same moment win nothing: no more passwords are checked than one after the other."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from cache.records.sign_in_tries import MOST_TOGETHER
from gateway.signing_in.passwords import Passwords
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.seeding import Seeding

GUESSERS = 30


def test_of_many_guesses_at_once_no_more_are_checked_than_allowed(
    app: Flask, seed: Seeding, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    answers: list[int] = []
    original = type(wiring.passwords).is_right

    def is_right(self: Passwords, given: str, kept: str | None) -> bool:
        checked.append(given)
        return original(self, given, kept)

    monkeypatch.setattr(type(wiring.passwords), "is_right", is_right)
    browsers, together = [Browser(app) for _ in range(GUESSERS)], threading.Barrier(GUESSERS)
    for browser in browsers:
        browser.get("/sign-in")

    def guess(number: int) -> None:
        together.wait()
        answers.append(browsers[number].try_password("nora@northwind.example", f"guess number {number}"))

    guesses = [threading.Thread(target=guess, args=[number]) for number in range(GUESSERS)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()
    assert len(set(checked)) == MOST_TOGETHER
    assert sorted(answers) == [422] * MOST_TOGETHER + [429] * (GUESSERS - MOST_TOGETHER)
