"""What benchmarks share: times with their spread, round trips counted where they happen, and words about the
machine.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis
from redis.connection import Connection

BARE_PAGE = "/bare-page"
"""Where tests/bench/served.py answers without any work."""


class CountedConnection(Connection):
    """A connection that counts what goes out: one pipeline or one script is one round trip."""

    sent = 0

    def send_packed_command(self, *arguments: Any, **options: Any) -> Any:
        CountedConnection.sent += 1
        return super().send_packed_command(*arguments, **options)


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one call, over many; round_trips: of one call to Redis."""

    median: float
    p95: float
    round_trips: float


def counted_redis(url: str) -> Redis:
    """A connection like the product's own, but counting."""
    return Redis.from_url(url, decode_responses=True, connection_class=CountedConnection)


def measure(calls: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, Measured]:
    """Each call `rounds` times, in turns: what disturbs the machine disturbs all of them."""
    for call in calls.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    sent = dict.fromkeys(calls, 0)
    for _ in range(rounds):
        for name, call in calls.items():
            before, start = CountedConnection.sent, time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start)
            sent[name] += CountedConnection.sent - before
    return {name: _measured(seconds[name], sent[name]) for name in calls}


def describe_machine(redis: Redis) -> str:
    """The machine as far as it matters to a number in a table."""
    server: Any = redis.info("server")
    engine = (
        f"Valkey {server['valkey_version']}"
        if "valkey_version" in server
        else f"Redis {server['redis_version']}"
    )
    processors = (
        Path("/proc/cpuinfo").read_text("utf-8").count("processor\t:")
        if Path("/proc/cpuinfo").exists()
        else 0
    )
    return (
        f"{processors or 'several'} processors, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, {engine}"
    )


def _measured(seconds: list[float], sent: int) -> Measured:
    at_95 = sorted(seconds)[int(len(seconds) * 0.95) - 1] if len(seconds) > 1 else seconds[0]
    return Measured(statistics.median(seconds) * 1000, at_95 * 1000, sent / len(seconds))
