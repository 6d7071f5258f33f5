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

from cache.records.order import Order, OrderKind
from servers.worker_forge import ForgedCrew
from servers.worker_process import until
from tests.crash.disasters import lies
from tests.crash.paying import PLOTS, Paying
from tests.crash.scenes import SCENES
from tests.crash.test_killed_workers import Killer, crew, rests, settings, world  # noqa: F401 - fixtures
from tests.crash.zoho_world import ZohoWorld

AT_ONCE = 8
PLAYS = max(1, int(os.environ.get("FOYER_KILLED_PAYMENTS") or str(AT_ONCE)) // AT_ONCE)
SLOW = {"bank does not pay"}
"""The end of a debit is believed after ten minutes, which are not waited for here."""


@pytest.mark.parametrize("play", range(PLAYS))
def test_whoever_dies_payments_are_found_and_told_truly(
    world: ZohoWorld,  # noqa: F811
    crew: ForgedCrew,  # noqa: F811
    play: int,
) -> None:
    dice = random.Random(f"payments {play}")
    plots = dice.sample(sorted(set(PLOTS) - SLOW), AT_ONCE)
    orders, deeds = [], []
    for plot in plots:
        order = SCENES[OrderKind.PAY_INVOICE].make(world, dice)
        if order.shown["paying"][0] == "":
            # On the invoice's own page nothing ends before three days: the client pays there.
            plot = "pays"
        order = dataclasses.replace(order, reason=plot)
        world.desk.orders.record(order, form_key=order.id)
        world.desk.doorbell.ring_order(world.org, order.id)
        orders.append(order)
        deeds += [
            (dice.uniform(0.5, 10) + number * 10, deed, Paying(world, order))
            for number, deed in enumerate(PLOTS[plot][0])
        ]
    crew.clock()
    killer, began = Killer(crew, dice, deaths=AT_ONCE), time.monotonic()

    def at_rest() -> list[Order]:
        killer.look()
        for one in [one for one in deeds if one[0] < time.monotonic() - began]:
            deeds.remove(one)
            one[1](one[2])
        found = [world.desk.orders.get(world.org, one.id) for one in orders]
        assert all(found), "an order was lost"
        return [one for one in found if one] if not deeds and all(rests(one) for one in found if one) else []

    ended = until(
        at_rest,
        seconds=240,
        why=lambda: f"{[world.desk.orders.get(world.org, one.id) for one in orders]}\n{crew.logs()}",
    )
    crew.end()
    for order in ended:
        assert lies(world, order, 0, PLOTS[order.reason][1]) == [], f"play {play}: {order}\n{crew.logs()}"
