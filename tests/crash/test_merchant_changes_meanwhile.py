"""The merchant edits, voids, answers or deletes between any two steps of a delivery: nothing is done to what
the client did not see.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState
from cache.stores import Stores
from config.settings import Settings
from tests.crash.delivery_harness import DeliveryHarness
from tests.crash.order_scenarios import SCENARIOS
from tests.crash.zoho_world import TIMEOUT, ZohoWorld
from tests.servers.redis_server import RedisServer
from tests.servers.sandbox_server import SandboxServer

ACCEPT, DECLINE = OrderKind.ACCEPT_ESTIMATE, OrderKind.DECLINE_ESTIMATE
CREDIT, PAYMENT, PERSON = OrderKind.APPLY_CREDIT, OrderKind.RECORD_PAYMENT, OrderKind.EDIT_PERSON

BEFORE_THE_FETCH = ("before_claim", "after_claim")
BEFORE_THE_CALL = ("after_fetch", "after_note_sending")


pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def delivery_harness(
    settings: Settings,
    stores: Stores,
    redis_pair: tuple[RedisServer, RedisServer],
    sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> DeliveryHarness:
    changed = dataclasses.replace(settings, zoho_read_timeout=30.0, order_lease=60, order_settle=120)
    return DeliveryHarness(ZohoWorld(changed, stores, sandbox), redis_pair[0], monkeypatch)


Act = Callable[[ZohoWorld, Order], None]


def answers(word: str) -> Act:
    return lambda world, order: world.merchant_page(f"estimates/{order.document_id}/{word}")


def reworks(world: ZohoWorld, order: Order) -> None:
    """Other terms, saved: another version."""
    world.change("estimates", order.document_id, terms="Payment in advance.")


def deletes(kind: str) -> Act:
    def act(world: ZohoWorld, order: Order) -> None:
        where = {"organization_id": world.organization_id, "kind": kind, "id": order.document_id}
        address = f"{world.sandbox.origin('us')}/_sandbox/documents"
        world.sandbox.http.delete(address, params=where, timeout=TIMEOUT).raise_for_status()

    return act


def voids(world: ZohoWorld, order: Order) -> None:
    world.merchant_page(f"invoices/{order.document_id}/void")


def books_the_rest(world: ZohoWorld, order: Order) -> None:
    """All that is owed, by hand."""
    owed = world.books.invoices.get(order.document_id).value.balance
    day = (world.today() - dt.timedelta(days=1)).isoformat()
    world.merchant_page(
        f"invoices/{order.document_id}/payments/new", amount=str(owed), date=day, payment_mode="cash"
    )


def changes_the_phone(world: ZohoWorld, order: Order) -> None:
    """By a call of its own, which looks like ours."""
    person = next(
        person
        for person in world.books.contacts.get(order.customer_id).value.persons
        if person.id == order.document_id
    )
    world.books.contact_edits.edit_person(
        order.customer_id, person.id, {"phone": "+1 207 555 0000"}, first_name=person.first_name
    )


def deliver_with_change(
    delivery_harness: DeliveryHarness, kind: OrderKind, step: str, act: Act
) -> tuple[Order, int]:
    """An order during whose delivery the merchant acts, once, at that step; and how often it took effect."""
    world = delivery_harness.world
    order = delivery_harness.record(SCENARIOS[kind].make(world, random.Random(f"{kind} {step}")))
    since, acted = world.last_call(), []

    def at_step(reached: str) -> None:
        if reached == step and not acted:
            acted.append(reached)
            act(world, order)

    delivery_harness.at_step = at_step
    order = delivery_harness.at_rest(order)
    assert acted
    return order, SCENARIOS[kind].effects(world, order, since)


@pytest.mark.parametrize("step", BEFORE_THE_FETCH)
@pytest.mark.parametrize(
    ("kind", "act", "reason"),
    [
        (ACCEPT, answers("accepted"), "already been accepted"),
        (ACCEPT, answers("declined"), "declined"),
        (ACCEPT, reworks, "changed in Zoho after you saw it"),
        (ACCEPT, deletes("estimates"), "no longer has what this is about"),
        (DECLINE, answers("declined"), "already been declined"),
        (DECLINE, answers("accepted"), "accepted"),
        (CREDIT, voids, "less is owed"),
        (CREDIT, books_the_rest, "less is owed"),
        (PAYMENT, voids, "less is owed"),
        (PAYMENT, books_the_rest, "less is owed"),
        (PERSON, changes_the_phone, "changed in Zoho after you saw them"),
        (OrderKind.COMMENT_ESTIMATE, deletes("estimates"), "no longer has what this is about"),
    ],
)
def test_what_the_merchant_did_before_the_look_ends_it_with_the_reason(
    delivery_harness: DeliveryHarness, kind: OrderKind, step: str, act: Act, reason: str
) -> None:
    order, effects = deliver_with_change(delivery_harness, kind, step, act)
    assert (effects, order.attempts) == (1 if act is changes_the_phone else 0, 0)
    assert order.state in (OrderState.CHANGED, OrderState.REFUSED)
    assert reason in order.steps[-1].message


@pytest.mark.parametrize("step", BEFORE_THE_CALL)
@pytest.mark.parametrize(
    ("kind", "act"),
    [
        (ACCEPT, answers("declined")),
        (ACCEPT, deletes("estimates")),
        (CREDIT, voids),
        (CREDIT, books_the_rest),
        (PAYMENT, voids),
        (PAYMENT, books_the_rest),
    ],
)
def test_what_zoho_refuses_because_of_the_merchant_is_told_and_has_no_effect(
    delivery_harness: DeliveryHarness, kind: OrderKind, step: str, act: Act
) -> None:
    order, effects = deliver_with_change(delivery_harness, kind, step, act)
    assert effects == 0
    assert order.state in (OrderState.CHANGED, OrderState.REFUSED)
    assert order.attempts == 1


@pytest.mark.parametrize("step", BEFORE_THE_CALL)
def test_an_acceptance_that_met_a_reworked_offer_is_given_to_a_person(
    delivery_harness: DeliveryHarness, step: str
) -> None:
    """Zoho lets no call depend on a version: between our look and its answer the offer may become another."""
    order, effects = deliver_with_change(delivery_harness, ACCEPT, step, reworks)
    assert (effects, order.state) == (1, OrderState.NEEDS_ATTENTION)
    assert (
        "not the offer you saw" in order.steps[-1].message
        and "Payment in advance." in order.steps[-1].message
    )


@pytest.mark.parametrize("step", BEFORE_THE_CALL)
def test_an_acceptance_that_was_done_twice_over_counts_once(
    delivery_harness: DeliveryHarness, step: str
) -> None:
    order, effects = deliver_with_change(delivery_harness, ACCEPT, step, answers("accepted"))
    assert effects <= 1 and order.state is OrderState.CONFIRMED


def test_what_the_merchant_undoes_after_the_call_is_told_as_it_is(delivery_harness: DeliveryHarness) -> None:
    order, effects = deliver_with_change(delivery_harness, ACCEPT, "after_post", answers("declined"))
    assert effects == 1
    assert order.state is OrderState.CHANGED and order.result["status"] == "declined"
