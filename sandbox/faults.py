"""Injected faults: which calls fail next, how, and how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from sandbox.refusals import Refused

KINDS = ("delay", "status", "html", "cut_before", "cut_after", "half_answer", "late_commit", "expire_token")
"""late_commit: cut now, or answered as `answer` says, with the effect `seconds` later. half_answer: truncated
JSON.
"""
ANSWERS = ("cut", "html", "hang")
"""What the caller of a late_commit gets: a cut connection, an error page, or a cut connection after
`seconds`.
"""
MATCHES = ("method", "path", "organization_id", "dc")


@dataclass
class Fault:
    """One fault. Empty match fields match everything; `path` is a pattern with *."""

    id: str
    do: str
    match: dict[str, str]
    times: int = 1
    seconds: float = 0.0
    status: int = 500
    code: int = 1000
    message: str = ""
    answer: str = ANSWERS[0]
    headers: dict[str, str] = field(default_factory=dict)

    def fits(self, call: dict[str, str]) -> bool:
        """Whether this fault applies to a call described by MATCHES."""
        return all(not wanted or fnmatchcase(call[name], wanted) for name, wanted in self.match.items())


class Faults:
    """The pending faults, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._last = 0

    def order(self, body: dict[str, Any]) -> Fault:
        """Read a fault from the control API. Raises Refused if it is malformed.

        {"match": {…}, "do": …, "times": n} and, as the kind needs it, seconds, status, code, message,
        headers.
        """
        match = body.get("match") or {}
        strange = sorted(set(match) - set(MATCHES))
        if (
            body.get("do") not in KINDS
            or strange
            or int(body.get("times", 1)) < 1
            or body.get("answer", "cut") not in ANSWERS
        ):
            raise Refused(
                4,
                f"A fault needs do = one of {', '.join(KINDS)}; match by {', '.join(MATCHES)}; times "
                f"of 1 or more; "
                f"answer = one of {', '.join(ANSWERS)}",
            )
        how = {name: kind(body[name]) for name, kind in _FIELDS.items() if name in body}
        with self._lock:
            self._last += 1
            fault = Fault(
                id=str(self._last),
                do=body["do"],
                match={name: str(value) for name, value in match.items() if value},
                **how,
            )
            self._waiting.append(fault)
        return fault

    def take(self, call: dict[str, str]) -> Fault | None:
        """The fault for this call, its count reduced by one; None if the call should succeed."""
        with self._lock:
            for fault in self._waiting:
                if fault.fits(call):
                    fault.times -= 1
                    if fault.times == 0:
                        self._waiting.remove(fault)
                    return fault
        return None

    def waiting(self) -> list[dict[str, Any]]:
        """The pending faults, for people."""
        with self._lock:
            return [dict(vars(fault)) for fault in self._waiting]

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._waiting.clear()


_FIELDS: dict[str, Any] = {
    "times": int,
    "seconds": float,
    "status": int,
    "code": int,
    "message": str,
    "answer": str,
    "headers": dict,
}
