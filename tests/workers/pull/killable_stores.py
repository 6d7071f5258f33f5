"""A process that dies at some step: its stores raise at the n-th use, before or after it has taken effect."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from workers.services import Services

STORES = ("mirror", "documents", "sync_states", "sync_due", "sync_lags", "connections")


class Killed(BaseException):
    """Nothing of the product catches it, as nothing catches a power cut."""


class Countdown:
    """Burns down by one with every use of a store."""

    def __init__(self, length: int) -> None:
        self._left = length

    def tick(self) -> bool:
        """Whether it has just come to its end."""
        self._left -= 1
        return self._left == 0


class KillableStore:
    """A store whose next methods may be the process's last."""

    def __init__(self, store: Any, countdown: Countdown, *, after: bool) -> None:
        self._store, self._countdown, self._after = store, countdown, after

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return self._wrapped(found) if callable(found) else found

    def _wrapped(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **how: Any) -> Any:
            ends = self._countdown.tick()
            if ends and not self._after:
                raise Killed
            answer = method(*args, **how)
            if ends:
                raise Killed
            return answer

        return call


def with_killable_stores(services: Services, *, steps: int, after: bool) -> Services:
    """The desk of a process that dies at its n-th use of a store."""
    countdown = Countdown(steps)
    changes: dict[str, Any] = {
        name: KillableStore(getattr(services, name), countdown, after=after) for name in STORES
    }
    return dataclasses.replace(services, **changes)
