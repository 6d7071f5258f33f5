"""Ctrl-C, ./dev down and a closed terminal: all three ask for the same orderly stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Somebody asked for a stop; raised once, wherever the program is then, so that it unwinds."""


class StopSignals:
    """Turns the signals into StopAsked, except where a process has been born but is not yet in anybody's
    list.
    """

    def __init__(self) -> None:
        self._is_held = self._was_asked = False

    def listen(self) -> None:
        for number in NUMBERS:
            signal.signal(number, self._note)

    def ignore(self) -> None:
        """From here on the stop is under way and is not disturbed."""
        for number in NUMBERS:
            signal.signal(number, signal.SIG_IGN)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Inside, a signal waits; it is raised at the end."""
        self._is_held, was_asked = True, self._was_asked
        try:
            yield
        finally:
            self._is_held = False
        if self._was_asked and not was_asked:
            raise StopAsked

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        is_first, self._was_asked = not self._was_asked, True
        if is_first and not self._is_held:
            raise StopAsked
