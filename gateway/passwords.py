"""Passwords: argon2id with OWASP's parameters, length first, and the words everybody tries refused."""

from __future__ import annotations

import threading
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, ASKED_FOR, LONGEST = 8, 15, 128
"""Characters: refused below, asked for, refused above."""

COMMON = frozenset((Path(__file__).parent / "passwords_everybody_tries.txt").read_text(encoding="utf-8").split())
HASHES_AT_ONCE = 4
"""Each takes 19 MiB and about 20 ms of a processor: a flood of sign-ins must not starve the pages."""


class Passwords:
    """Hashes and checks. At most HASHES_AT_ONCE run at the same time in one process."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._room = threading.BoundedSemaphore(HASHES_AT_ONCE)
        self._nobodys = self.hash("nobody has this password, and nobody signs in with it")

    def hash(self, password: str) -> str:
        """The text to keep; it names its own parameters."""
        with self._room:
            return self._hasher.hash(password)

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether the password belongs to the kept hash. Without one (an unknown account) it takes the same time and
        says no.
        """
        if len(password) > LONGEST:
            password = ""
        with self._room:
            try:
                right = self._hasher.verify(kept or self._nobodys, password)
            except (VerificationError, InvalidHashError):
                return False
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's and should be made again."""
        return self._hasher.check_needs_rehash(kept)


def why_unfit(password: str, *, about: tuple[str, ...] = ()) -> str:
    """One plain sentence, "" when the password may be used. about: words that are no secret here, such as the address
    it is for.
    """
    if len(password) < SHORTEST:
        return f"Please use at least {SHORTEST} characters; {ASKED_FOR} or more are better."
    if len(password) > LONGEST:
        return f"Please use at most {LONGEST} characters."
    plain = password.casefold()
    if plain in COMMON or len(set(plain)) < 4:
        return "This password is one of those everybody tries first. Please choose another."
    if plain in {word.casefold() for word in about if word}:
        return "Please do not use your own name or address as the password."
    return ""
