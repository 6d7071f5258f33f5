"""The two stores: records, which must never be lost, and copies, which are disposable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, OutOfMemoryError, TimeoutError
from redis.retry import Retry

from config.settings import Settings

AWAY = (ConnectionError, TimeoutError, BusyLoadingError, OutOfMemoryError)
"""Redis' errors when it is down, starting, or full: nothing was promised, and the caller may retry soon."""


class StoreUnavailable(Exception):
    """Redis is down, still loading, or refuses writes because it is full. Retry soon; nothing was
    half-written.
    """


@dataclass(frozen=True)
class Stores:
    """Both stores; values are text. records: durable. copies: evictable."""

    records: Redis
    copies: Redis


@contextmanager
def store_errors() -> Iterator[None]:
    """Turns Redis' errors into StoreUnavailable. Wraps a request, a job or a tick."""
    try:
        yield
    except AWAY as fault:
        raise StoreUnavailable(str(fault)) from fault


def open_stores(settings: Settings) -> Stores:
    """Connections to both stores, opened on first use. Thread-safe."""
    return Stores(records=_open(settings.redis_url), copies=_open(settings.cache_redis_url))


def open_queue_redis(settings: Settings) -> Redis:
    """The records store as RQ wants it: bytes, and no read time-out, since a worker blocks until its next
    job.
    """
    return Redis.from_url(settings.redis_url, decode_responses=False, socket_connect_timeout=3)


def _open(url: str) -> Redis:
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=3,
        socket_timeout=5,
        health_check_interval=15,
        # Repeating a command must be harmless: ours are compare-and-set or guarded by a form key.
        # One quick retry covers a dropped idle connection.
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), 1),
    )
