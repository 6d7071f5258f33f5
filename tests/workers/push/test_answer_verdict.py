"""What becomes of an order, for every state Zoho can show and everything we can know of our own sending."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.line_item import LineItem
from tests.servers.worker_process import an_answer
from workers.push.answer_verdict import judge_acceptance
from workers.push.order_kinds import ORDER_RULES
from workers.push.verdict import MOST_ROUNDS, Next, Sent, lost_rounds

TODAY = dt.date(2026, 11, 23)
SEEN = Estimate(
    id="77",
    number="QT-0042",
    status="sent",
    customer_id="500",
    total=Decimal("1200.00"),
    currency="USD",
    precision=2,
    expires_on=dt.date(2026, 12, 24),
    line_items=(LineItem(id="1", name="Sail", total=Decimal("1200.00")),),
    modified_at=dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC),
)
DEARER = {"total": Decimal("1300.00"), "modified_at": dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)}
SAVED_AGAIN = {"modified_at": dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)}

CONFIRMED = (Next.CONFIRM, OrderState.CONFIRMED)
SEND = (Next.SEND, OrderState.SENDING)
LATER = (Next.FETCH_AGAIN, OrderState.UNCERTAIN)
CHANGED = (Next.END, OrderState.CHANGED)
REFUSED = (Next.END, OrderState.REFUSED)
PERSON = (Next.END, OrderState.NEEDS_ATTENTION)

ACCEPTING = [
    # What Zoho shows now            nothing sent  may land yet  settled    just refused
    ({}, SEND, LATER, SEND, REFUSED),
    ({"status": "accepted"}, CHANGED, CONFIRMED, CONFIRMED, CONFIRMED),
    ({"status": "invoiced"}, CHANGED, CONFIRMED, CONFIRMED, CONFIRMED),
    ({"status": "declined"}, CHANGED, LATER, CHANGED, CHANGED),
    ({"status": "expired"}, CHANGED, LATER, CHANGED, CHANGED),
    ({"status": "draft"}, CHANGED, LATER, CHANGED, CHANGED),
    ({"status": "on_hold"}, CHANGED, LATER, CHANGED, CHANGED),
    ({"expires_on": dt.date(2026, 11, 22)}, CHANGED, LATER, CHANGED, CHANGED),
    (DEARER, CHANGED, LATER, CHANGED, CHANGED),
    (SAVED_AGAIN, CHANGED, LATER, CHANGED, CHANGED),
    ({"status": "accepted", **DEARER}, CHANGED, PERSON, PERSON, PERSON),
    ({"status": "accepted", **SAVED_AGAIN}, CHANGED, CONFIRMED, CONFIRMED, CONFIRMED),
    ({"customer_id": "501"}, REFUSED, REFUSED, REFUSED, REFUSED),
    ({"customer_id": "501", "status": "accepted"}, REFUSED, REFUSED, REFUSED, REFUSED),
]
DECLINING = [
    ({}, SEND, LATER, SEND, REFUSED),
    ({"status": "declined"}, CHANGED, CONFIRMED, CONFIRMED, CONFIRMED),
    ({"status": "declined", **DEARER}, CHANGED, CONFIRMED, CONFIRMED, CONFIRMED),
    ({"status": "accepted"}, CHANGED, LATER, CHANGED, CHANGED),
    ({"status": "invoiced"}, CHANGED, LATER, CHANGED, CHANGED),
    (DEARER, CHANGED, LATER, CHANGED, CHANGED),
]
CASES = [
    (kind, now, sent, wanted)
    for kind, table in ((OrderKind.ACCEPT_ESTIMATE, ACCEPTING), (OrderKind.DECLINE_ESTIMATE, DECLINING))
    for now, *row in table
    for sent, wanted in zip((Sent.NEVER, Sent.UNSETTLED, Sent.SETTLED, Sent.REFUSED), row, strict=True)
]


@pytest.mark.parametrize(("kind", "now", "sent", "wanted"), CASES)
def test_the_state_that_was_read_decides(
    kind: OrderKind, now: dict[str, object], sent: Sent, wanted: tuple[Next, OrderState]
) -> None:
    order, estimate = an_answer("us-600", SEEN, kind), dataclasses.replace(SEEN, **now)
    verdict = ORDER_RULES[kind].judge(order, estimate, TODAY, sent)
    assert (verdict.next, verdict.state) == wanted


def test_an_acceptance_is_never_confirmed_for_another_offer_than_the_one_that_was_seen() -> None:
    order = an_answer("us-600", SEEN)
    verdict = judge_acceptance(
        order, dataclasses.replace(SEEN, status="accepted", **DEARER), TODAY, Sent.SETTLED
    )
    assert "Total: 1200.00 USD → 1300.00 USD" in verdict.message


def test_the_difference_is_told_line_by_line_and_kept() -> None:
    verdict = judge_acceptance(
        an_answer("us-600", SEEN), dataclasses.replace(SEEN, **DEARER), TODAY, Sent.NEVER
    )
    assert "Total: 1200.00 USD → 1300.00 USD" in verdict.message
    assert ["Total", "1200.00 USD", "1300.00 USD"] in json.loads(verdict.result["changes"])


def test_a_saving_without_a_visible_change_says_so() -> None:
    verdict = judge_acceptance(
        an_answer("us-600", SEEN), dataclasses.replace(SEEN, **SAVED_AGAIN), TODAY, Sent.NEVER
    )
    assert "the same as before" in verdict.message


def test_without_times_of_change_the_words_of_the_offer_decide() -> None:
    timeless = dataclasses.replace(SEEN, modified_at=None)
    order = an_answer("us-600", timeless)
    dearer = dataclasses.replace(timeless, total=Decimal("1300.00"))
    assert judge_acceptance(order, timeless, TODAY, Sent.NEVER).next is Next.SEND
    assert judge_acceptance(order, dearer, TODAY, Sent.NEVER).state is OrderState.CHANGED


def test_the_invoice_it_became_is_kept() -> None:
    estimate = dataclasses.replace(SEEN, status="invoiced", invoice_ids=("9001",))
    verdict = judge_acceptance(an_answer("us-600", SEEN), estimate, TODAY, Sent.UNSETTLED)
    assert verdict.result == {"status": "invoiced", "invoice_id": "9001"}


def test_after_three_lost_rounds_a_person_decides() -> None:
    order = an_answer("us-600", SEEN)
    for round_number in range(1, MOST_ROUNDS + 1):
        order = stepped(order, OrderState.SENDING, OrderState.UNCERTAIN, OrderState.UNCERTAIN)
        wanted = Next.SEND if round_number < MOST_ROUNDS else Next.END
        assert judge_acceptance(order, SEEN, TODAY, Sent.SETTLED).next is wanted
    assert judge_acceptance(order, SEEN, TODAY, Sent.SETTLED).state is OrderState.NEEDS_ATTENTION


def test_a_person_who_orders_another_try_gets_new_rounds() -> None:
    order = an_answer("us-600", SEEN)
    for _ in range(MOST_ROUNDS):
        order = stepped(order, OrderState.SENDING, OrderState.UNCERTAIN)
    order = stepped(order, OrderState.NEEDS_ATTENTION, OrderState.UNCERTAIN)
    assert lost_rounds(order) == 0
    assert judge_acceptance(order, SEEN, TODAY, Sent.SETTLED).next is Next.SEND


def test_rounds_whose_outcome_was_known_are_not_counted() -> None:
    order = stepped(an_answer("us-600", SEEN), *[OrderState.SENDING, OrderState.WAITING] * 5)
    assert lost_rounds(order) == 0


def stepped(order: Order, *states: OrderState) -> Order:
    steps = tuple(
        OrderStep(at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), state=state, message="") for state in states
    )
    return dataclasses.replace(order, steps=order.steps + steps, attempts=order.attempts + 1)
