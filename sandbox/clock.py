"""The sandbox's clock: real time plus an offset that the control API can move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """The time for everything in the sandbox, so that expiry, overdue and token lifetimes can be tested."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        """Seconds added to real time."""

    def now(self) -> datetime:
        """The sandbox's current time, aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def seconds(self) -> int:
        """Whole seconds since 1970: Zoho's times are no finer."""
        return int(self.now().timestamp())

    def today(self, time_zone: str) -> date:
        """The calendar day in an organisation's time zone, which decides overdue and expired
        (zoho.md 4.1).
        """
        return self.now().astimezone(ZoneInfo(time_zone)).date()

    def move(self, seconds: float) -> None:
        """Move forwards, or backwards with a negative number."""
        self.offset += seconds

    def set_to(self, moment: datetime) -> None:
        """Jump to an aware time; the clock goes on from there."""
        self.offset = (moment - datetime.now(UTC)).total_seconds()
