"""One delivery at a time, in this process, against the real sandbox and a real Redis."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import ConnectionState
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.scope import CustomerScope
from connectors.zoho.documents.estimate import Estimate
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import an_answer, until
from workers.push.deliver_order import deliver_order
from workers.services import Services, build_services

ACCEPT, DECLINE = OrderKind.ACCEPT_ESTIMATE, OrderKind.DECLINE_ESTIMATE
ANY_ACCEPT = "/books/v3/estimates/*/status/accepted"


class Case:
    """A client in front of one estimate that waits for an answer."""

    def __init__(self, services: Services, sandbox: SandboxServer, org: str, merchant: Any) -> None:
        self.services, self.sandbox, self.org, self.merchant = services, sandbox, org, merchant
        self.books = services.zoho.books(org, CallClass.PERSON)
        rows = [row for row in self.books.estimates.list_page(1).rows if row.status == "sent"]
        self.estimate: Estimate = self.books.estimates.get(rows[0].id).value
        self.started = len(sandbox.calls())

    def answer(self, kind: OrderKind = ACCEPT, **how: Any) -> Order:
        order = an_answer(self.org, self.estimate, kind, **how)
        return self.services.orders.record(order, form_key=order.id)

    def deliver(self, order: Order) -> Order:
        """One look at it, as one ring causes; what stands in the records afterwards."""
        deliver_order(self.org, order.id, self.services)
        return self.now(order)

    def deliver_until(self, order: Order, *states: OrderState) -> Order:
        return until(lambda: found if (found := self.deliver(order)).state in states else None, seconds=90)

    def now(self, order: Order) -> Order:
        found = self.services.orders.get(self.org, order.id)
        assert found is not None
        return found

    def in_zoho(self) -> dict[str, Any]:
        found: dict[str, Any] = self.merchant.truth("estimates", self.estimate.id)
        return found

    def posts(self, ending: str = "/status/accepted") -> list[dict[str, Any]]:
        calls = self.sandbox.calls(self.started)
        return [call for call in calls if call["method"] == "POST" and call["path"].endswith(ending)]

    def calls(self) -> int:
        return len([call for call in self.sandbox.calls(self.started) if call["path"].startswith("/books/")])


@pytest.fixture
def case(services: Services, sandbox: SandboxServer, org: str, merchant: Any) -> Case:
    return Case(services, sandbox, org, merchant)


def states(order: Order) -> list[OrderState]:
    return [step.state for step in order.steps]


def test_an_acceptance_is_sent_read_back_and_confirmed_with_three_calls(case: Case) -> None:
    order = case.deliver(case.answer())
    assert order.state is OrderState.CONFIRMED
    assert states(order) == [OrderState.RECORDED, OrderState.SENDING, OrderState.CONFIRMED]
    assert order.result == {"status": "accepted"}
    assert case.in_zoho()["status"] == "accepted"
    assert case.calls() == 3


def test_the_page_is_right_at_once(case: Case) -> None:
    case.deliver(case.answer())
    scope = CustomerScope(case.org, case.estimate.customer_id)
    row = case.services.mirror.get(scope, "estimates", case.estimate.id)
    assert row is not None
    assert row.status == "accepted"
    copy = case.services.documents.get(scope, "estimates", case.estimate.id, row.version)
    assert copy is not None
    assert Estimate.from_stored(copy.body).status == "accepted"


def test_an_acceptance_that_became_an_invoice_counts_and_names_it(case: Case) -> None:
    case.merchant.sets(auto_convert="sent")
    order = case.deliver(case.answer())
    assert order.state is OrderState.CONFIRMED
    assert order.result["status"] == "invoiced"
    assert order.result["invoice_id"] == case.in_zoho()["invoice_ids"][0]


def test_the_outcome_stands_in_the_activity(case: Case) -> None:
    order = case.deliver(case.answer())
    newest = case.services.activity.recent(case.org, 1)[0]
    assert (newest.event, newest.fields["order"]) == ("order_confirmed", order.id)


def test_a_second_ring_does_nothing(case: Case) -> None:
    order = case.deliver(case.answer())
    assert case.deliver(order) == order
    assert len(case.posts()) == 1


def test_a_decline_brings_its_reason_as_a_comment_that_names_the_client(case: Case) -> None:
    order = case.deliver(case.answer(DECLINE, reason="Too late for us."))
    assert order.state is OrderState.CONFIRMED
    assert case.in_zoho()["status"] == "declined"
    texts = [item.text for item in case.books.estimates.comments(case.estimate.id).value]
    mine = [text for text in texts if "Too late for us." in text]
    assert len(mine) == 1
    assert "Erin Solberg declined" in mine[0]


def test_a_decline_without_a_reason_leaves_no_comment(case: Case) -> None:
    case.deliver(case.answer(DECLINE))
    assert case.in_zoho()["status"] == "declined"
    assert case.posts("/comments") == []


@pytest.mark.parametrize("fault", ["cut_after", "cut_before"])
def test_a_reason_whose_answer_was_lost_is_there_exactly_once(case: Case, fault: str) -> None:
    case.sandbox.fault(fault, method="POST", path="*/comments")
    order = case.deliver(case.answer(DECLINE, reason="Too late for us."))
    assert order.state is OrderState.UNCERTAIN
    assert "shows the estimate as declined" in order.steps[-1].message
    order = case.deliver_until(order, OrderState.CONFIRMED)
    texts = [item.text for item in case.books.estimates.comments(case.estimate.id).value]
    assert len([text for text in texts if "Too late for us." in text]) == 1
    assert len(case.posts("/status/declined")) == 1


def test_a_reason_that_zoho_refuses_does_not_lose_the_answer(case: Case) -> None:
    case.sandbox.fault(
        "status", method="POST", path="*/comments", status=400, code=4, message="Invalid value passed"
    )
    order = case.deliver(case.answer(DECLINE, reason="Too late for us."))
    assert order.state is OrderState.CONFIRMED
    assert order.result == {"status": "declined", "reason": "not delivered"}
    assert "tell the merchant directly" in order.steps[-1].message
    assert order.steps[-1].zoho_message == "Invalid value passed"


def test_an_estimate_that_changed_is_not_answered(case: Case) -> None:
    order = case.answer()
    case.merchant.rewrites_estimate(case.estimate.id, notes="Now with another sail maker.")
    order = case.deliver(order)
    assert order.state is OrderState.CHANGED
    assert "another sail maker" in order.steps[-1].message
    assert case.posts() == []


def test_an_estimate_answered_elsewhere_is_not_answered_again(case: Case) -> None:
    order = case.answer()
    case.merchant.does("estimates", case.estimate.id, "declined")
    order = case.deliver(order)
    assert order.state is OrderState.CHANGED
    assert "already been declined" in order.steps[-1].message
    assert case.posts() == []


def test_an_estimate_that_expired_meanwhile_is_not_answered(case: Case) -> None:
    order = case.answer()
    case.merchant.waits(400 * 86400)
    order = case.deliver_until(order, OrderState.CHANGED)
    assert "expired" in order.steps[-1].message
    assert case.posts() == []


def test_an_estimate_that_is_gone_is_not_answered(case: Case) -> None:
    order = case.answer()
    case.merchant.deletes("estimates", case.estimate.id)
    order = case.deliver(order)
    assert order.state is OrderState.REFUSED
    assert "no longer has what this is about" in order.steps[-1].message


def test_an_estimate_moved_to_another_customer_is_not_answered(case: Case) -> None:
    order = dataclasses.replace(an_answer(case.org, case.estimate), customer_id="4600000000000000999")
    order = case.deliver(case.services.orders.record(order, form_key="moved"))
    assert order.state is OrderState.REFUSED
    assert case.posts() == []


@pytest.mark.parametrize("code", [4043, 2, 4, 9, 10, 36, 2006, 6000])
def test_a_refusal_is_final_after_one_attempt_and_tells_zohos_words(case: Case, code: int) -> None:
    case.sandbox.fault(
        "status", method="POST", path=ANY_ACCEPT, status=400, code=code, message="Das geht leider nicht."
    )
    order = case.deliver(case.answer())
    assert order.state is OrderState.REFUSED
    assert order.steps[-1].zoho_message == "Das geht leider nicht."
    assert len(case.posts()) == 1
    assert case.deliver(order).attempts == 1


def test_zoho_away_before_anything_was_sent_means_waiting(case: Case) -> None:
    case.sandbox.fault("status", method="GET", path="/books/v3/estimates/*", status=503, times=5)
    order = case.deliver(case.answer())
    assert order.state is OrderState.WAITING
    assert order.attempts == 0
    assert order.next_at is not None
    assert case.posts() == []
    case.sandbox.clear_faults()
    assert case.deliver_until(order, OrderState.CONFIRMED).attempts == 1


def test_a_long_outage_is_one_step_of_the_receipt(case: Case) -> None:
    case.sandbox.fault("status", method="GET", path="/books/v3/estimates/*", status=503, times=100)
    order = case.answer()
    for _ in range(4):
        order = case.deliver(order)
        case.services.orders.retry(case.org, order.id, message=order.steps[-1].message)
    assert states(order) == [OrderState.RECORDED, OrderState.WAITING]


def test_a_spent_limit_means_waiting_as_long_as_zoho_asks(case: Case) -> None:
    case.sandbox.fault(
        "status", method="POST", path=ANY_ACCEPT, status=429, code=44, message="For security reasons …"
    )
    order = case.deliver(case.answer())
    assert order.state is OrderState.WAITING
    assert order.next_at is not None
    assert order.next_at - dt.datetime.now(dt.UTC) > dt.timedelta(seconds=55)


def test_a_lost_connection_to_the_merchant_means_waiting_until_it_is_back(case: Case) -> None:
    case.services.connections.mark(case.org, ConnectionState.RECONNECT_NEEDED)
    order = case.deliver(case.answer())
    assert order.state is OrderState.WAITING
    assert "connected again" in order.steps[-1].message
    assert case.calls() == 0


def test_a_grant_that_never_covers_the_answer_ends_with_a_person(case: Case) -> None:
    case.sandbox.fault(
        "status", method="POST", path=ANY_ACCEPT, status=401, code=57, message="Not authorised", times=20
    )
    order = case.answer()
    for _ in range(5):
        order = case.deliver(order)
        case.services.orders.retry(case.org, order.id, message="Now.")
    assert OrderState.NEEDS_ATTENTION in states(case.now(order))
    assert case.in_zoho()["status"] == "sent"


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        ("cut_before", {}),
        ("cut_after", {}),
        ("status", {"status": 500}),
        ("html", {"status": 502}),
        ("delay", {"seconds": 3}),
    ],
)
def test_a_lost_answer_is_decided_by_reading(case: Case, fault: str, how: dict[str, Any]) -> None:
    case.sandbox.fault(fault, method="POST", path=ANY_ACCEPT, **how)
    order = case.deliver(case.answer())
    assert order.state is OrderState.UNCERTAIN
    order = case.deliver_until(order, OrderState.CONFIRMED)
    assert case.in_zoho()["status"] == "accepted"
    assert len([post for post in case.posts() if post["effect"]]) == 1


def test_an_answer_lost_again_and_again_ends_with_a_person(case: Case) -> None:
    case.sandbox.fault("cut_before", method="POST", path=ANY_ACCEPT, times=10)
    order = case.deliver_until(case.answer(), OrderState.NEEDS_ATTENTION)
    assert len(case.posts()) == 3
    assert case.in_zoho()["status"] == "sent"
    assert "A person must look" in order.steps[-1].message


def test_nothing_is_repeated_before_the_settle_time(case: Case) -> None:
    patient = build_services(dataclasses.replace(case.services.settings, order_settle=60))
    case.sandbox.fault("cut_before", method="POST", path=ANY_ACCEPT)
    order = case.answer()
    deliver_order(case.org, order.id, patient)
    waiting = case.now(order)
    assert waiting.state is OrderState.UNCERTAIN
    assert waiting.next_at is not None
    assert waiting.next_at - dt.datetime.now(dt.UTC) < dt.timedelta(seconds=6)
    until(lambda: deliver_order(case.org, order.id, patient), seconds=90)
    looked = case.now(order)
    assert looked.state is OrderState.UNCERTAIN
    assert looked.next_at is not None
    assert looked.next_at - dt.datetime.now(dt.UTC) > dt.timedelta(seconds=45)
    assert len(case.posts()) == 1


def test_the_deadline_is_kept(case: Case) -> None:
    order = case.answer(time_limit=dt.timedelta(seconds=-1))
    order = case.deliver(order)
    assert order.state is OrderState.NEEDS_ATTENTION
    assert case.posts() == []


def test_a_deadline_that_passes_while_zoho_is_away_is_told(case: Case) -> None:
    case.sandbox.fault("status", method="GET", path="/books/v3/estimates/*", status=503, times=100)
    order = case.deliver_until(case.answer(time_limit=dt.timedelta(seconds=4)), OrderState.NEEDS_ATTENTION)
    assert "could not be sent in time" in order.steps[-1].message
    assert case.posts() == []


def test_orders_on_one_document_go_in_order_and_the_second_is_told_kindly(case: Case) -> None:
    accept, decline = case.answer(ACCEPT), case.answer(DECLINE)
    assert case.deliver(decline).state is OrderState.RECORDED
    assert case.deliver(accept).state is OrderState.CONFIRMED
    second = case.deliver_until(decline, OrderState.CHANGED)
    assert "already been accepted" in second.steps[-1].message


def test_a_worker_that_is_too_slow_loses_its_order_and_says_nothing(case: Case) -> None:
    hasty = build_services(dataclasses.replace(case.services.settings, order_lease=1))
    case.sandbox.fault("delay", method="POST", path=ANY_ACCEPT, seconds=1.8)
    order = case.answer()
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(deliver_order, case.org, order.id, hasty)
        until(lambda: case.posts())
        taken_over = case.deliver_until(order, OrderState.UNCERTAIN)
        assert slow.result() is None
    assert case.now(order) == taken_over
    confirmed = case.deliver_until(order, OrderState.CONFIRMED)
    assert confirmed.attempts == 1
    assert len(case.posts()) == 1
