"""What the clock costs with very many organisations: each of its looks at the tables, with everything spread
over a day.
"""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass

from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.bench.bench_world import World
from tests.bench.quiet_day import DAY, at_share
from tests.gateway.seeding import Seeding
from workers.clock import timetable
from workers.services import build_services


@dataclass(frozen=True)
class TickTiming:
    """every: seconds. seconds: of each look."""

    name: str
    every: int
    seconds: list[float]

    @property
    def share_of_a_processor(self) -> float:
        return at_share(self.seconds, 0.5) / self.every


def clock_tick(world: World, *, organisations: int, runs: int) -> list[TickTiming]:
    """Every organisation is connected and due once in the coming day; each kind of look is taken so many
    times.
    """
    world.stores.records.flushdb()
    services = build_services(world.settings)
    model = Seeding(create_app(world.settings).extensions[EXTENSION]).connect()
    for number in range(organisations):
        one = dataclasses.replace(
            model, org=f"us-{700_000_000 + number}", organization_id=str(700_000_000 + number)
        )
        services.connections.save(one, refresh_token="a refresh token that opens nothing")
        services.sync_due.set_in(one.org, (number + 1) * DAY / organisations)
    services.sync_due.set_in(model.org, DAY)
    found = []
    for tick in timetable(world.settings):
        seconds = []
        for _ in range(runs):
            start = time.perf_counter()
            tick.work(services)
            seconds.append(time.perf_counter() - start)
        found.append(TickTiming(tick.name, tick.every, seconds))
    return found


def table(runs: list[TickTiming]) -> str:
    rows = ["| look | every | median ms | 95 % ms | of one processor |", "|---|---|---|---|---|"]
    rows += [
        f"| {run.name} | {run.every} s | {at_share(run.seconds, 0.5) * 1000:.2f} | "
        f"{at_share(run.seconds, 0.95) * 1000:.2f} | "
        f"{run.share_of_a_processor:.3%} |"
        for run in runs
    ]
    return "\n".join(rows)
