"""Payments at Zoho's page while the workers that watch them are killed: what was paid is found, once, and
nothing else is told.

FOYER_KILLED_PAYMENTS: how many are played.
"""

from __future__ import annotations

import dataclasses
import os
import random
import time

import pytest

from cache.records.orders.open_payment import OpenPayment
from cache.records.orders.order import Order, OrderKind
from tests.crash.failure_schedules import find_discrepancies
from tests.crash.order_scenarios import SCENARIOS
from tests.crash.payment_scenarios import PAYMENT_SCENARIOS, PaymentDriver
from tests.crash.test_killed_workers import Killer, has_settled, settings, worker_processes, world  # noqa: F401 - fixtures
from tests.crash.zoho_world import ZohoWorld
from tests.servers.worker_factory import ForkedWorkers
from tests.servers.worker_process import until

AT_ONCE = 8
SCHEDULES = max(1, int(os.environ.get("FOYER_KILLED_PAYMENTS") or str(AT_ONCE)) // AT_ONCE)
SLOW = {"bank does not pay"}
"""The end of a debit is believed after ten minutes, which are not waited for here."""


@pytest.mark.parametrize("schedule", range(SCHEDULES))
def test_whoever_dies_payments_are_found_and_told_truly(
    world: ZohoWorld,  # noqa: F811
    worker_processes: ForkedWorkers,  # noqa: F811
    schedule: int,
) -> None:
    rng = random.Random(f"payments {schedule}")
    scenario_names = rng.sample(sorted(set(PAYMENT_SCENARIOS) - SLOW), AT_ONCE)
    orders, actions = [], []
    for scenario_name in scenario_names:
        order = SCENARIOS[OrderKind.PAY_INVOICE].make(world, rng)
        if order.payload_as(OpenPayment).page_id == "":
            # On the invoice's own page nothing ends before three days: the client pays there.
            scenario_name = "pays"
        order = dataclasses.replace(order, reason=scenario_name)
        world.services.orders.record(order, form_key=order.id)
        world.services.job_queue.enqueue_order(world.org, order.id)
        orders.append(order)
        actions += [
            (rng.uniform(0.5, 10) + number * 10, action, PaymentDriver(world, order))
            for number, action in enumerate(PAYMENT_SCENARIOS[scenario_name][0])
        ]
    worker_processes.clock()
    killer, began = Killer(worker_processes, rng, deaths=AT_ONCE), time.monotonic()

    def at_rest() -> list[Order]:
        killer.tick()
        for action in [action for action in actions if action[0] < time.monotonic() - began]:
            actions.remove(action)
            action[1](action[2])
        found = [world.services.orders.get(world.org, order.id) for order in orders]
        assert all(found), "an order was lost"
        return (
            [item for item in found if item]
            if not actions and all(has_settled(item) for item in found if item)
            else []
        )

    ended = until(
        at_rest,
        seconds=240,
        why=lambda: (
            f"{[world.services.orders.get(world.org, order.id) for order in orders]}"
            f"\n{worker_processes.logs()}"
        ),
    )
    worker_processes.end()
    for order in ended:
        assert find_discrepancies(world, order, 0, PAYMENT_SCENARIOS[order.reason][1]) == [], (
            f"play {schedule}: {order}\n{worker_processes.logs()}"
        )
