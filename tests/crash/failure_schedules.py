"""One seeded schedule of disasters over one order, and the judge who knows what Zoho really has."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.order import FINAL, Order, OrderKind, OrderState
from tests.crash.delivery_harness import DeliveryHarness, PowerCut
from tests.crash.order_scenarios import SCENARIOS, comments_with
from tests.crash.payment_scenarios import find_payment_discrepancies, payment_scenario
from tests.crash.zoho_world import ZohoWorld
from workers.crash_points import DELIVERY_STEPS

LATE = {"do": "late_commit", "seconds": 0.1, "answer": "cut"}
SLOW = {"do": "delay", "seconds": 6.0}
"""Longer than the worker waits for an answer: the effect comes, the answer does not."""

FAULTS: tuple[dict[str, Any], ...] = (
    {"do": "cut_before"},
    {"do": "cut_after"},
    {"do": "half_answer"},
    {"do": "status", "status": 500},
    {"do": "html", "status": 502},
    {"do": "status", "status": 429, "code": 44},
    {"do": "status", "status": 429, "code": 1070},
    {"do": "expire_token"},
    LATE,
)
SELDOM = 0.03
"""Of schedules: with a revoked grant, with a store that dies. Each takes a second or so."""

OFTEN_LATE = 0.75
"""Of the rings of a payment: so many come when it is twice as old as at the ring before, and not when it is
due. A payment is looked at for days; most of those looks see nothing new.
"""

VERY_SELDOM = 0.006
"""Of schedules: with a slow answer, which is waited for in real time."""

MOST_JOBS = 120
EVERY_END = set(FINAL)

WRITES = {OrderKind.EDIT_PERSON: "PUT", OrderKind.EDIT_COMPANY: "PUT"}
PATHS = {
    OrderKind.REPLACE_CARD: "/billing/v1/*",
    OrderKind.REPLACE_BANK_ACCOUNT: "/billing/v1/*",
    OrderKind.PAY_INVOICE: "/b*/v?/*",
}
"""Both products for a payment, and not the consent page, by which the play gives a grant back."""


@dataclass(frozen=True)
class ScheduleResult:
    order: Order
    discrepancies: list[str]


KINDS = [kind for kind in OrderKind if kind is not OrderKind.PAY_INVOICE]
"""Payments at Zoho's page take many looks each: they have schedules of their own."""


def run_schedule(
    delivery_harness: DeliveryHarness, seed: int, kind: OrderKind | None = None
) -> ScheduleResult:
    """An order of this or some kind, up to three faults, up to three power cuts; now and then the grant or
    the store goes.
    """
    rng = random.Random(seed)
    kind = kind or rng.choice(KINDS)
    scenario = SCENARIOS[kind]
    world = delivery_harness.world
    world.release_candidates()
    world.allow_new_tokens()
    order = delivery_harness.record(scenario.make(world, rng))
    since = world.last_call()
    faults = faults_for(rng, kind)
    for fault in faults:
        world.sandbox.fault(**fault)
    delivery_harness.may_be_late = any(fault["do"] in (LATE["do"], SLOW["do"]) for fault in faults)
    cuts = [rng.choice(DELIVERY_STEPS) for _ in range(rng.randint(0, 3))]
    kills_store = rng.random() < SELDOM

    def at_step(step: str) -> None:
        if cuts and step == cuts[0]:
            cuts.pop(0)
            if kills_store:
                delivery_harness.kill_store()
            raise PowerCut(step)

    delivery_harness.at_step = at_step
    others = _meanwhile(world, order, rng)
    at_zoho, ends = (
        payment_scenario(world, order, rng) if kind is OrderKind.PAY_INVOICE else (others, EVERY_END)
    )

    def before_job(number: int) -> None:
        others(number)
        if at_zoho is not others:
            at_zoho(number)

    order = delivery_harness.at_rest(
        order, before_job=before_job, most_jobs=MOST_JOBS, late=_lateness_by_age(seed, kind)
    )
    delivery_harness.at_step = lambda step: None
    if faults:
        world.sandbox.clear_faults()
    world.restore()
    return ScheduleResult(order, find_discrepancies(world, order, since, ends))


def _lateness_by_age(seed: int, kind: OrderKind) -> Callable[[float], float]:
    """Of dice of their own: what else happens under a seed does not hang on them."""
    rng = random.Random(f"late {seed}")
    return lambda age: age if kind is OrderKind.PAY_INVOICE and rng.random() < OFTEN_LATE else 0.0


def find_discrepancies(
    world: ZohoWorld, order: Order, since: int, ends: set[OrderState] = EVERY_END
) -> list[str]:
    """Where the receipt and Zoho do not say the same, and what is there twice. ends: states in which it may
    end.
    """
    if order.kind is OrderKind.PAY_INVOICE:
        return find_payment_discrepancies(world, order, ends)
    scenario = SCENARIOS[order.kind]
    effects, shows = scenario.effects(world, order, since), scenario.shows(world, order) > 0
    found = [f"{effects} effects"] if effects > 1 else []
    if order.kind is OrderKind.DECLINE_ESTIMATE and comments_with(world, order) > 1:
        found.append(f"{comments_with(world, order)} comments with the reason")
    if (order.state is OrderState.CONFIRMED) != shows:
        found.append(f"told as {order.state}, and Zoho shows {'it' if shows else 'nothing of it'}")
    if not order.is_final and order.state is not OrderState.NEEDS_ATTENTION:
        found.append(f"never came to rest: {order.state}")
    return found


def faults_for(rng: random.Random, kind: OrderKind) -> list[dict[str, Any]]:
    """Up to three, most of them at the call that brings it."""
    write = WRITES.get(kind, "POST")
    path = PATHS.get(kind, "/books/v3/*")
    found = []
    for _ in range(rng.randint(0, 3)):
        method, fault = rng.choice(["GET", write, write]), rng.choice(FAULTS)
        if fault is not LATE or method != "GET":
            found.append({"method": method, "path": path, **fault})
    if rng.random() < VERY_SELDOM:
        found.append({"method": write, "path": path, **SLOW})
    return found


def _meanwhile(world: ZohoWorld, order: Order, rng: random.Random) -> Any:
    """What others do before a ring: the merchant takes the grant away and gives it back, other programs spend
    the calls of the day, the client uses Zoho's page.
    """
    revoked_before, again_after = (rng.randint(0, 2), rng.randint(1, 4)) if rng.random() < SELDOM else (-1, 0)
    spent_before, free_after = (rng.randint(0, 2), rng.randint(1, 3)) if rng.random() < SELDOM else (-1, 0)
    pressed_before, pressed = rng.randint(0, 6), rng.choice(["save", "cancel", "nothing"])
    digits = rng.randrange(1000, 9999)
    typed = {
        "number": f"4000 0000 0000 {digits}",
        "expiry": f"0{rng.randint(1, 9)}/41",
        "holder": "Nora West",
    }
    if order.kind is OrderKind.REPLACE_BANK_ACCOUNT:
        typed = {"account_number": f"0002223{digits}"}

    def happens(number: int) -> None:
        if number == revoked_before:
            world.revoke()
        if again_after and number >= revoked_before + again_after:
            world.reconnect_if_lost()
        if number == spent_before:
            world.spend_the_day()
        if free_after and number == spent_before + free_after:
            world.next_day()
        if is_in_family(order, OrderFamily.REPLACEMENT) and number == pressed_before and pressed != "nothing":
            form = {"action": "cancel"} if pressed == "cancel" else typed
            world.sandbox.http.post(
                world.pages[order.document_id], data=form, allow_redirects=False, timeout=30
            )

    return happens
