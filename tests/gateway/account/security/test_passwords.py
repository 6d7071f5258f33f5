"""Passwords: which are fit, and how they are kept."""

from __future__ import annotations

import pytest

from gateway.account.security.passwords import Passwords, password_problem


@pytest.mark.parametrize(
    "password", ["short", "password123", "PASSWORD123", "aaaaaaaaaaaa", "nora@northwind.example", "x" * 129]
)
def test_unfit_passwords_are_refused_with_a_reason(password: str) -> None:
    assert password_problem(password, about=("Nora@Northwind.example",)).startswith(
        ("Please", "This password")
    )


@pytest.mark.parametrize(
    "password", ["four plain words here", "ümläut pässwörd", "x1y2z3w4", "correct horse " * 9]
)
def test_length_is_what_counts_and_no_kind_of_sign_is_asked_for(password: str) -> None:
    assert password_problem(password) == ""


def test_a_hash_names_owasps_parameters_and_opens_for_its_password_only() -> None:
    passwords = Passwords()
    kept = passwords.hash("a quiet harbour")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_right("a quiet harbour", kept)
    assert not passwords.is_right("a quiet harbor", kept)
    assert not passwords.is_outdated(kept)


def test_no_password_opens_an_account_without_one() -> None:
    passwords = Passwords()
    assert not passwords.is_right("nobody has this password, and nobody signs in with it", None)
    assert not passwords.is_right("", None)


def test_a_broken_hash_opens_for_nobody() -> None:
    assert not Passwords().is_right("anything", "not a hash")
