"""Tries at the very same moment win nothing: no more passwords are checked than one after the other."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from cache.records.sign_in.sign_in_tries import MAX_TOGETHER
from gateway.account.security.passwords import Passwords
from tests.gateway.browser import Browser
from tests.gateway.seeding import Seeding
from workers.services import Services

GUESSES_AT_ONCE = 30


def test_of_many_guesses_at_once_no_more_are_checked_than_allowed(
    app: Flask, seed: Seeding, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    answers: list[int] = []
    original = Passwords.is_right

    def is_right(self: Passwords, given: str, kept: str | None) -> bool:
        checked.append(given)
        return original(self, given, kept)

    monkeypatch.setattr(Passwords, "is_right", is_right)
    browsers, together = [Browser(app) for _ in range(GUESSES_AT_ONCE)], threading.Barrier(GUESSES_AT_ONCE)
    for browser in browsers:
        browser.get("/sign-in")

    def guess(number: int) -> None:
        together.wait()
        answers.append(browsers[number].try_password("nora@northwind.example", f"guess number {number}"))

    guesses = [threading.Thread(target=guess, args=[number]) for number in range(GUESSES_AT_ONCE)]
    for guess in guesses:
        guess.start()
    for guess in guesses:
        guess.join()
    assert len(set(checked)) == MAX_TOGETHER
    assert sorted(answers) == [422] * MAX_TOGETHER + [429] * (GUESSES_AT_ONCE - MAX_TOGETHER)
