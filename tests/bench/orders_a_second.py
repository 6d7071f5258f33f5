"""How many orders a second come to Zoho with one and with two workers, and what each costs in calls."""

from __future__ import annotations

import time
from dataclasses import dataclass

from cache.records.connections.call_budget import CallClass
from cache.records.orders.order import OrderState
from tests.bench.bench_world import World
from tests.servers.worker_process import WorkerProcesses, an_answer, connect_merchant, until
from workers.services import build_services


@dataclass(frozen=True)
class Rate:
    """calls: to Zoho, of one order."""

    workers: int
    orders: int
    seconds: float
    calls: float


def orders_a_second(world: World, *, workers: int, orders: int) -> Rate:
    """So many acceptances stand in line; timed from the first worker's first to the last one's
    confirmation.
    """
    world.sandbox.reset()
    world.stores.records.flushdb()
    world.stores.copies.flushdb()
    org = connect_merchant(world.settings, world.stores)
    services, worker_processes = (
        build_services(world.settings),
        WorkerProcesses(world.settings, world.folder / f"crew of {workers}"),
    )
    books = services.zoho.books(org, CallClass.PERSON)
    waiting = [
        row.id for number in (1, 2) for row in books.estimates.list_page(number).rows if row.status == "sent"
    ][:orders]
    asked = [an_answer(org, books.estimates.get(item).value) for item in waiting]
    try:
        for _ in range(workers):
            worker_processes.worker("push")
        until(
            lambda: worker_processes.logs().count("Listening on push") >= workers,
            seconds=60,
            why=worker_processes.logs,
        )
        since = len(world.sandbox.calls())
        start = time.perf_counter()
        for order in asked:
            services.orders.record(order, form_key=order.id)
            services.job_queue.enqueue_order(org, order.id)

        def all_confirmed() -> bool:
            found = [services.orders.get(org, order.id) for order in asked]
            return all(item is not None and item.state is OrderState.CONFIRMED for item in found)

        until(all_confirmed, seconds=300, why=worker_processes.logs)
        seconds = time.perf_counter() - start
    finally:
        worker_processes.end()
    calls = [call for call in world.sandbox.calls(since) if str(call["path"]).startswith("/books/")]
    return Rate(workers, len(asked), seconds, len(calls) / len(asked))


def table(rates: list[Rate]) -> str:
    first = rates[0].orders / rates[0].seconds
    return "\n".join(
        [
            "| workers | orders | orders a second | against one worker | calls to Zoho per order |",
            "|---|---|---|---|---|",
            *(
                (
                    f"| {rate.workers} | {rate.orders} | {rate.orders / rate.seconds:.1f} | "
                    f"{rate.orders / rate.seconds / first:.2f} | {rate.calls:.2f} |"
                )
                for rate in rates
            ),
        ]
    )
