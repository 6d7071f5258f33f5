"""./dev bench pull: what the mirror costs and what it gives, as five tables of one run.

First syncs of growing organisations; a day of a small one, and webhooks; a warm page beside a bare one; and
the clock with ten thousand organisations. Compared is within a table only: the machines differ.
"""

from __future__ import annotations

import sys

import structlog

from tests.bench import clock_tick, first_sync, quiet_day, warm_page, webhook_delay
from tests.bench.bench_world import bench_world
from tests.bench.measuring import describe_machine


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with bench_world() as world:
        say(describe_machine(world.stores.records))
        say(
            "First sync",
            first_sync.table(
                [first_sync.first_sync(world, count, count // 20) for count in (1_000, 10_000, 100_000)]
            ),
        )
        say("A quiet day", quiet_day.table(quiet_day.QuietDay(world, invoices=1_000, customers=50).play()))
        portal = warm_page.Portal(world, small=20, large=20_000)
        with portal.running():
            lines = portal.measure(rounds=10, requests=200)
        say("A warm page", warm_page.table(lines), f"Calls to Zoho for all of them: {portal.calls_to_zoho()}")
        say(
            "Changes that webhooks tell", webhook_delay.table(webhook_delay.webhook_delays(world, changes=30))
        )
        say(
            "A tick of the clock",
            clock_tick.table(clock_tick.clock_tick(world, organisations=10_000, runs=50)),
        )
    return 0


def say(*parts: str) -> None:
    sys.stdout.write("\n\n".join(parts) + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
