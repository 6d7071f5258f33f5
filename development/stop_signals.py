"""Ctrl-C, ./dev down and a closed terminal all request the same orderly stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """A stop was requested; raised once, wherever the program is, so that it unwinds."""


class StopSignals:
    """Turns the signals into StopAsked, except between starting a process and recording it."""

    def __init__(self) -> None:
        self._is_held = self._was_asked = False

    def listen(self) -> None:
        for number in NUMBERS:
            signal.signal(number, self._note)

    def ignore(self) -> None:
        """From here on the stop is under way; further signals are ignored."""
        for number in NUMBERS:
            signal.signal(number, signal.SIG_IGN)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Signals are held back inside and raised at the end."""
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
