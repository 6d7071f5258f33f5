"""A circuit breaker per organisation, shared by web and workers: after repeated failures Zoho is not called
for a while.
"""

from __future__ import annotations

from enum import Enum, auto

from redis import Redis

from cache.copies import keys as copy_keys
from cache.lua import load_script

MAX_FAILURES, WITHIN, OPEN_FOR = 5, 30, 30
"""Five failures within 30 s open it for 30 s; then one probe is allowed at a time."""

FAILED = load_script(__package__, "breaker_failed")

MAY_CALL = load_script(__package__, "breaker_may_call")


class CallOutcome(Enum):
    """A call's outcome: answered (a refusal too), no answer, or not made after all."""

    ANSWERED = auto()
    NO_ANSWER = auto()
    NOT_ASKED = auto()


class Breaker:
    def __init__(self, copies: Redis) -> None:
        self._copies = copies
        self._failed = copies.register_script(FAILED)
        self._may_call = copies.register_script(MAY_CALL)

    def may_call(self, org: str) -> bool:
        """Whether Zoho may be called now. After it was open, only one caller is let through as a probe."""
        return bool(self._may_call(keys=_keys(org), args=[WITHIN]))

    def note(self, org: str, outcome: CallOutcome) -> None:
        """Report the outcome of a call that was let through. Always required: an unreported probe blocks all
        others.
        """
        if outcome is CallOutcome.ANSWERED:
            self.note_success(org)
        elif outcome is CallOutcome.NO_ANSWER:
            self.note_failure(org)
        else:
            self._copies.delete(_keys(org)[-1])

    def note_failure(self, org: str) -> None:
        """Zoho did not answer, or answered with a server error."""
        self._failed(keys=_keys(org), args=[MAX_FAILURES, WITHIN, OPEN_FOR])

    def note_success(self, org: str) -> None:
        self._copies.delete(*_keys(org))


def _keys(org: str) -> list[str]:
    base = copy_keys.breaker(org)
    return [base, f"{base}:open", f"{base}:half", f"{base}:probe"]
