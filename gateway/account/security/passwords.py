"""Passwords: argon2id with OWASP's parameters, length first, and the words everybody tries refused."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw
from flask import Flask, current_app

from config.stored_messages import StoredMessage

MIN_LENGTH, RECOMMENDED, MAX_LENGTH = 8, 15, 128
"""Characters: refused below, asked for, refused above."""

COMMON = frozenset((Path(__file__).parent / "guessed_passwords.txt").read_text(encoding="utf-8").split())
COMMON_LETTERS = frozenset(
    letters for word in COMMON if len(letters := "".join(sign for sign in word if sign.isalpha())) >= 6
)
"""What is left of them without digits and signs: a year or a mark behind such a word makes it no better."""

TIME_COST, MEMORY_COST = 2, 19_456
"""Rounds, and KiB: what OWASP asks for."""

HASHES_AT_ONCE = 4
"""Each takes 19 MiB and about 20 ms of a processor: a flood of sign-ins must not starve the pages."""


EXTENSION = "foyer_passwords"


class Passwords:
    """Hashes and checks. At most HASHES_AT_ONCE run at the same time in one process."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=1)
        self._slots = threading.BoundedSemaphore(HASHES_AT_ONCE)
        self._decoy_hash = self.hash("nobody has this password, and nobody signs in with it")

    def hash(self, password: str) -> str:
        """The text to keep; it names its own parameters."""
        with self._slots:
            return self._hasher.hash(password)

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether the password belongs to the kept hash. Without one (an unknown account) it takes the same
        time and says no.
        """
        if len(password) > MAX_LENGTH:
            password = ""
        with self._slots:
            try:
                right = self._hasher.verify(kept or self._decoy_hash, password)
            except (VerificationError, InvalidHashError):
                return False
        return right and kept is not None

    def salted(self, word: str, salt: str) -> str:
        """Hex of a random word that is too short to be hashed fast, to be looked up by. salt: hex, one for a
        set of words.
        """
        with self._slots:
            raw = hash_secret_raw(
                word.encode(),
                bytes.fromhex(salt),
                time_cost=TIME_COST,
                memory_cost=MEMORY_COST,
                parallelism=1,
                hash_len=32,
                type=Type.ID,
            )
        return raw.hex()

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's and should be made again."""
        return self._hasher.check_needs_rehash(kept)


def password_problem(password: str, *, about: tuple[str, ...] = ()) -> str:
    """One plain sentence, "" when the password may be used. about: words that are no secret here, such as the
    address it is for, and the names of the client and the merchant.
    """
    if len(password) < MIN_LENGTH:
        return StoredMessage(
            "Please use at least %(count)s characters; %(asked)s or more are better.",
            count=MIN_LENGTH,
            asked=RECOMMENDED,
        )
    if len(password) > MAX_LENGTH:
        return StoredMessage("Please use at most %(count)s characters.", count=MAX_LENGTH)
    plain = password.casefold()
    if (
        plain in COMMON
        or len(set(plain)) < 4
        or (len(plain) < RECOMMENDED and _letters(plain) in COMMON_LETTERS)
    ):
        return StoredMessage("This password is one of those everybody tries first. Please choose another.")
    if plain in {word.casefold() for word in about if word} or _is_made_of_names(_letters(plain), about):
        return StoredMessage("Please do not use your own name or address, nor a company's, as the password.")
    return ""


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def _is_made_of_names(letters: str, about: tuple[str, ...]) -> bool:
    """Whether nothing is left of the password's letters without the words of those names: northwind2026,
    nora.west!
    """
    words = {
        _letters(word)
        for item in about
        for word in item.casefold().replace("@", " ").replace(".", " ").split()
    }
    left = letters
    for word in sorted((word for word in words if len(word) > 1), key=len, reverse=True):
        left = left.replace(word, "")
    return bool(letters) and not left


def add_passwords(app: Flask) -> None:
    """One set of slots for the whole process; workers hash nothing, so it is not among their services."""
    app.extensions[EXTENSION] = Passwords()


def passwords() -> Passwords:
    """The hasher of the app that answers this request."""
    return cast(Passwords, current_app.extensions[EXTENSION])
