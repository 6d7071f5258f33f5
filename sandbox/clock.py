"""The sandbox's clock: real time plus an offset that the control API can move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Tells the time to everything in the sandbox, so that expiry, overdue and token life can be tested."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        """Seconds added to real time."""

    def now(self) -> datetime:
        """The sandbox's present, aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def seconds(self) -> int:
        """The present as whole seconds since 1970: Zoho's times have no finer grain."""
        return int(self.now().timestamp())

    def today(self, time_zone: str) -> date:
        """The calendar day in an organisation's time zone (zoho.md 4.1: it decides overdue and expired)."""
        return self.now().astimezone(ZoneInfo(time_zone)).date()

    def move(self, seconds: float) -> None:
        """Go forwards, or backwards with a negative number."""
        self.offset += seconds

    def set_to(self, moment: datetime) -> None:
        """Jump to an aware moment; time goes on from there."""
        self.offset = (moment - datetime.now(UTC)).total_seconds()
