"""./dev bench push: how soon and how surely what a client asks for stands in Zoho, as three tables of one
run.

FOYER_BENCH_SCHEDULES: how many orders go through seeded disasters; ten thousand unless set.
"""

from __future__ import annotations

import os
import sys

import structlog

from tests.bench import failure_schedules, orders_a_second, press_to_confirmed
from tests.bench.bench_world import bench_world
from tests.bench.measuring import describe_machine

SCHEDULES = int(os.environ.get("FOYER_BENCH_SCHEDULES") or "10000")
REAL_SHARE = 0.04
"""Of the schedules: with real worker processes."""
PAY_SHARE = 0.1
"""Of the schedules: payments at Zoho's page, which take many looks each."""


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with bench_world() as world:
        say(describe_machine(world.stores.records))
        say(
            "From the press to “Confirmed by Zoho”",
            press_to_confirmed.table(*press_to_confirmed.press_to_confirmed(world, presses=20)),
        )
        rates = [orders_a_second.orders_a_second(world, workers=workers, orders=40) for workers in (1, 2)]
        say("Orders a second", orders_a_second.table(rates))
    payments = round(SCHEDULES * PAY_SHARE)
    shares = ((failure_schedules.REQUESTS, SCHEDULES - payments), (failure_schedules.PAYMENTS, payments))
    say(
        "FailureSchedules",
        failure_schedules.table([run_share(what, schedules) for what, schedules in shares]),
    )
    return 0


def run_share(what: failure_schedules.ScheduleKind, schedules: int) -> failure_schedules.FailureSchedules:
    real = max(10, round(schedules * REAL_SHARE))
    return failure_schedules.run_failure_schedules(what, cut=max(0, schedules - real), killed=real)


def say(*parts: str) -> None:
    sys.stdout.write("\n\n".join(parts) + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
