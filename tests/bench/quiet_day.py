"""A day of one organisation at the default settings: how many calls it costs, and how late changes are seen.

The day is played, not waited for: the sandbox's clock and the store's clock (as Python asks for it) are moved
from one event to the next. What a script inside Redis takes for the time stays real, which matters to the
limits of a minute only.
"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from flask import Flask
from redis import Redis

from cache.records.connections import keys as connection_keys
from connectors.zoho.api.organisation_day import seconds_to_midnight
from gateway.app import create_app
from gateway.web.presence import record_presence
from tests.bench.bench_world import World
from tests.servers.worker_process import connect_merchant
from tests.workers.pull.merchant_simulator import MerchantSimulator
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services

HOUR, MINUTE = 3600, 60
DAY = 24 * HOUR
ONLINE = ((9 * HOUR, 11 * HOUR), (14 * HOUR, 15 * HOUR))
"""When clients look at pages, one every three minutes."""

TOKEN_LIVES = 55 * MINUTE
PAGE_EVERY = 3 * MINUTE
CHANGES = tuple(range(8 * HOUR, 18 * HOUR, 7 * MINUTE + 13))
"""When the merchant changes an invoice: about eighty times, at odd moments of a working day."""


@dataclass
class Day:
    """seen_after: seconds from each change to the round that read it; online: of those while clients were
    there.
    """

    calls: int = 0
    rounds: int = 0
    seen_after: list[float] = field(default_factory=list)
    online: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """What the merchant did to an invoice, and the version that shows it."""

    at: float
    invoice: str
    version: str
    is_online: bool


class MovedTime:
    """The clocks of the store and of the sandbox, moved on together."""

    def __init__(self, simulator: MerchantSimulator) -> None:
        self._simulator, self._ahead = simulator, 0.0
        self._real: Any = Redis.time

    @contextmanager
    def running(self) -> Iterator[None]:
        def ahead(store: Redis, **how: Any) -> tuple[int, int]:
            seconds, micros = self._real(store, **how)
            moved = seconds + micros / 1_000_000 + self._ahead
            return int(moved), int(moved % 1 * 1_000_000)

        with mock.patch.object(Redis, "time", ahead):
            yield

    def now(self) -> float:
        return time.time() + self._ahead

    def to(self, moment: float) -> None:
        """Nothing goes back."""
        step = moment - self.now()
        if step > 0:
            self._simulator.waits(step)
            self._ahead += step

    @property
    def ahead(self) -> float:
        return self._ahead


class QuietDay:
    """invoices, customers: how large the organisation is. Its first sync is over before the day begins."""

    def __init__(self, world: World, *, invoices: int, customers: int) -> None:
        world.sandbox.reset()
        world.stores.records.flushdb()
        world.stores.copies.flushdb()
        self.world, self.org = world, connect_merchant(world.settings, world.stores, "in")
        self.services: Services = build_services(world.settings)
        self.portal: Flask = create_app(world.settings)
        self.simulator = MerchantSimulator(world.sandbox, self.org)
        self.simulator.starts(invoices=invoices, customers=customers, estimates=0)
        self.time, self.due, self.token_since = MovedTime(self.simulator), 0.0, 0.0
        self.learned_due: dt.datetime | None = None
        self.waiting: list[Change] = []
        unpaid = [
            item
            for item, body in self.simulator.truth("invoices").items()
            if body["status"] in ("sent", "overdue")
        ]
        self.open_invoices = sorted(unpaid)
        self.day = Day()

    def play(self, until: float = DAY) -> Day:
        """From midnight where the organisation is, for so many seconds."""
        with self.time.running():
            self._round()
            while self.due - self.time.now() < MINUTE:
                self._follow()
            self._to_midnight()
            before, midnight = len(self._calls()), self.time.now()
            for moment, what in self._programme(until):
                while self.due <= midnight + moment:
                    self._follow()
                self.time.to(midnight + moment)
                self._happen(what, moment)
            self.day.calls = len(self._calls()) - before
        return self.day

    def _programme(self, until: float) -> list[tuple[float, str]]:
        pages = [(float(at), "page") for begins, ends in ONLINE for at in range(begins, ends, PAGE_EVERY)]
        changes = [(float(at), "change") for at in CHANGES]
        return [*sorted(page for page in (*pages, *changes) if page[0] < until), (until, "end")]

    def _happen(self, what: str, moment: float) -> None:
        if what == "page":
            with self.portal.app_context():
                record_presence(self.org)
            self._learn_due()
        elif what == "change":
            invoice = self.open_invoices[int(moment) % len(self.open_invoices)]
            before = self._version(invoice)
            self.simulator.rewrites("invoices", invoice, f"rework {int(moment)}")
            assert self._version(invoice) > before, "the merchant's change did not take"
            is_online = any(begins <= moment < ends for begins, ends in ONLINE)
            self.waiting.append(Change(self.time.now(), invoice, self._version(invoice), is_online))

    def _follow(self) -> None:
        self.time.to(self.due)
        self._round()

    def _round(self) -> None:
        began = self.time.now()
        if began - self.token_since > TOKEN_LIVES:
            # The store forgets an access token when its hour is over; here hours are over in moments.
            self.services.stores.records.delete(
                connection_keys.access_token(self.org), connection_keys.refreshes(self.org)
            )
            self.token_since = began
        pull_organisation(self.org, self.services)
        self.day.rounds += 1
        self._learn_due()
        self._correct_the_days_end()
        for item in list(self.waiting):
            row = self.services.mirror.by_id(self.org, "invoices", item.invoice)
            if row is not None and row.version >= item.version:
                self.day.seen_after.append(began - item.at)
                if item.is_online:
                    self.day.online.append(began - item.at)
                self.waiting.remove(item)

    def _learn_due(self) -> None:
        """The store's table of due times is kept by a script, in real time."""
        due = self.services.sync_due.at(self.org)
        assert due is not None
        if due != self.learned_due:
            self.learned_due = due
            self.due = self.time.now() + max(0.0, due.timestamp() - time.time())

    def _correct_the_days_end(self) -> None:
        """So is the end of Zoho's day, which the pace looks at."""
        budget = self.services.zoho.books_budget
        told = budget.day(self.org)
        if told.limit is not None and told.remaining is not None and told.resets_at is not None:
            left = told.resets_at.timestamp() - time.time()
            if left < DAY:
                budget.note_day(self.org, told.limit, told.remaining, left + self.time.ahead)

    def _to_midnight(self) -> None:
        connection = self.services.connections.get(self.org)
        assert connection is not None
        left = seconds_to_midnight(connection.time_zone, dt.datetime.fromtimestamp(self.time.now(), dt.UTC))
        midnight = self.time.now() + left
        while self.due <= midnight:
            self._follow()
        self.time.to(midnight)
        self.day = Day()

    def _version(self, invoice: str) -> str:
        narrow = {"organization_id": self.simulator.organization_id, "kind": "invoices", "id": invoice}
        body = self.world.sandbox.state(**narrow)[self.simulator.organization_id]["invoices"][invoice]
        return (
            dt.datetime.fromisoformat(body["last_modified_time"])
            .astimezone(dt.UTC)
            .isoformat(timespec="seconds")
        )

    def _calls(self) -> list[dict[str, Any]]:
        return [call for call in self.world.sandbox.calls() if call["path"].startswith("/books/")]


def at_share(delays: list[float], share: float) -> float:
    """The delay that this share of the changes does not exceed; 0 for none."""
    ordered = sorted(delays)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def table(day: Day) -> str:
    return "\n".join(
        [
            "| | figure |",
            "|---|---|",
            f"| rounds of the sync | {day.rounds:,} |",
            f"| calls to Zoho | {day.calls:,} |",
            f"| changes seen | {len(day.seen_after)} |",
            (
                f"| … 95 % within, while clients were there ({len(day.online)}) | "
                f"{at_share(day.online, 0.95) / MINUTE:.1f} min |"
            ),
            f"| … 95 % within, all day | {at_share(day.seen_after, 0.95) / MINUTE:.1f} min |",
        ]
    )
