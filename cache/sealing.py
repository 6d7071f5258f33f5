"""Encryption at rest: sealed with the first key, opened with any, bound to its owner."""

from __future__ import annotations

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(Exception):
    """The sealed text was made with an unknown key, was altered, or belongs to something else."""


class Seal:
    """keys: Fernet keys, the first seals. context names the owner ("refresh_token:us-600123"), so that a
    sealed text copied to another organisation's record does not open there.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._newest = Fernet(keys[0])

    def seal(self, text: str, *, context: str) -> str:
        return self._fernet.encrypt(json.dumps([context, text]).encode()).decode()

    def open(self, sealed: str, *, context: str) -> str:
        """Raises SealBroken."""
        try:
            owner, text = json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, ValueError) as fault:
            raise SealBroken("a sealed secret cannot be opened with the keys of this portal") from fault
        if owner != context:
            raise SealBroken("a sealed secret does not belong here")
        return str(text)

    def is_newest(self, sealed: str) -> bool:
        """Whether it was sealed with the first key."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def renew(self, sealed: str) -> str:
        """The same secret sealed with the first key; for rotation. Raises SealBroken."""
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except InvalidToken as fault:
            raise SealBroken("a sealed secret cannot be opened with the keys of this portal") from fault
