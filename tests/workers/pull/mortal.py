"""A process that dies at some step: its stores raise at the n-th use, before or after it has taken effect."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from workers.job_setup import Resources

STORES = ("mirror", "documents", "sync_states", "sync_due", "sync_lags", "connections")


class Killed(BaseException):
    """Nothing of the product catches it, as nothing catches a power cut."""


class Fuse:
    """Burns down by one with every use of a store."""

    def __init__(self, length: int) -> None:
        self._left = length

    def burn(self) -> bool:
        """Whether it has just come to its end."""
        self._left -= 1
        return self._left == 0


class Mortal:
    """A store whose next methods may be the process's last."""

    def __init__(self, store: Any, fuse: Fuse, *, after: bool) -> None:
        self._store, self._fuse, self._after = store, fuse, after

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return self._wrapped(found) if callable(found) else found

    def _wrapped(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **how: Any) -> Any:
            ends = self._fuse.burn()
            if ends and not self._after:
                raise Killed
            answer = method(*args, **how)
            if ends:
                raise Killed
            return answer

        return call


def mortal(desk: Resources, *, steps: int, after: bool) -> Resources:
    """The desk of a process that dies at its n-th use of a store."""
    fuse = Fuse(steps)
    changes: dict[str, Any] = {name: Mortal(getattr(desk, name), fuse, after=after) for name in STORES}
    return dataclasses.replace(desk, **changes)
