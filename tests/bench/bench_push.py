"""./dev bench push: how soon and how surely what a client asks for stands in Zoho, as three tables of one run.

FOYER_BENCH_SCHEDULES: how many orders go through seeded disasters; ten thousand unless set.
"""

from __future__ import annotations

import os
import sys

import structlog

from tests.bench import disaster_schedules, orders_a_second, press_to_confirmed
from tests.bench.bench_world import bench_world
from tests.bench.measuring import machine_words

SCHEDULES = int(os.environ.get("FOYER_BENCH_SCHEDULES") or "10000")
REAL_SHARE = 0.04
"""Of the schedules: with real worker processes."""


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with bench_world() as world:
        say(machine_words(world.redis.records))
        say("From the press to “Confirmed by Zoho”", press_to_confirmed.table(*press_to_confirmed.press_to_confirmed(world, presses=20)))
        rates = [orders_a_second.orders_a_second(world, workers=workers, orders=40) for workers in (1, 2)]
        say("Orders a second", orders_a_second.table(rates))
    real = max(10, round(SCHEDULES * REAL_SHARE))
    say("Disasters", disaster_schedules.table(disaster_schedules.disasters(cut=SCHEDULES - real, killed=real)))
    return 0


def say(*parts: str) -> None:
    sys.stdout.write("\n\n".join(parts) + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
