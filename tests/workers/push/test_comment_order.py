"""A client's comment reaches Zoho once, names the client, and holds up nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.connections.call_budget import CallClass
from cache.records.orders.merchant_reply import MerchantReply
from cache.records.orders.order import Order, OrderKind, OrderState
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.estimate import Estimate
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import an_answer, until
from workers.push.comment_order import Commented, judge_comment
from workers.push.comment_text import comment_text
from workers.push.deliver_order import deliver_order
from workers.push.verdict import Next, Sent
from workers.services import Services

TODAY = dt.date(2026, 11, 23)
KINDS = (OrderKind.COMMENT_ESTIMATE, OrderKind.COMMENT_INVOICE)
COMMENT = "Could you ship it to the new yard?"


@pytest.fixture
def books(services: Services, org: str) -> BooksClient:
    return services.zoho.books(org, CallClass.PERSON)


@pytest.fixture
def comment(services: Services, org: str, books: BooksClient) -> Callable[..., Order]:
    """Records a comment of Erin's under the first estimate or invoice that clients see."""

    def make(kind: OrderKind, words: str = COMMENT, **changes: Any) -> Order:
        if kind is OrderKind.COMMENT_ESTIMATE:
            document: Any = next(row for row in books.estimates.list_page(1).rows if row.status == "sent")
        else:
            document = next(row for row in books.invoices.list_page(1).rows if row.is_for_clients)
        about = {"id": document.id, "number": document.number, "customer_id": document.customer_id}
        estimate = Estimate(**about, status="sent", total=Decimal(0), currency="USD")
        order = dataclasses.replace(an_answer(org, estimate, kind, reason=words), **changes)
        return services.orders.record(order, form_key=order.id)

    return make


def written(books: BooksClient, order: Order) -> list[str]:
    dealings: Any = books.estimates if order.kind is OrderKind.COMMENT_ESTIMATE else books.invoice_actions
    return [item.text for item in dealings.comments(order.document_id).value if order.id in item.text]


def delivered(services: Services, order: Order, *states: OrderState) -> Order:
    def look() -> Order | None:
        deliver_order(order.org, order.id, services)
        found = services.orders.get(order.org, order.id)
        return found if found is not None and found.state in states else None

    return until(look, seconds=90)


@pytest.mark.parametrize("kind", KINDS)
def test_the_merchants_own_comment_is_written_in_the_merchants_name(
    services: Services, books: BooksClient, comment: Callable[..., Order], kind: OrderKind
) -> None:
    order = comment(kind, account_id="ada", person_name="Ada Okafor", payload=MerchantReply())
    delivered(services, order, OrderState.CONFIRMED)
    (text,) = written(books, order)
    assert text.startswith("Ada Okafor wrote in the client portal") and COMMENT in text
    last = services.activity.recent(order.org, 1)[0]
    assert (last.event, last.fields["by"]) == ("order_confirmed", "merchant")
    assert services.emails.recent(order.org, 10) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_comment_is_written_once_and_names_the_client(
    services: Services, books: BooksClient, comment: Callable[..., Order], kind: OrderKind
) -> None:
    order = delivered(services, comment(kind), OrderState.CONFIRMED)
    assert written(books, order) == [
        f"Erin Solberg wrote in the client portal: “{COMMENT}” (request {order.id})"
    ]
    assert [step.state for step in order.steps] == [
        OrderState.RECORDED,
        OrderState.SENDING,
        OrderState.CONFIRMED,
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_lost_answer_never_writes_it_twice(
    services: Services,
    books: BooksClient,
    sandbox: SandboxServer,
    comment: Callable[..., Order],
    kind: OrderKind,
    fault: str,
) -> None:
    sandbox.fault(fault, method="POST", path="*/comments")
    order = delivered(services, comment(kind), OrderState.UNCERTAIN)
    order = delivered(services, order, OrderState.CONFIRMED)
    assert len(written(books, order)) == 1
    assert order.attempts == (1 if fault == "cut_after" else 2)


def test_zohos_refusal_is_told_in_its_words(
    services: Services, sandbox: SandboxServer, books: BooksClient, comment: Any
) -> None:
    sandbox.fault(
        "status",
        method="POST",
        path="*/comments",
        status=400,
        code=15,
        message="Please ensure it is shorter.",
    )
    order = delivered(services, comment(OrderKind.COMMENT_ESTIMATE), OrderState.REFUSED)
    assert order.steps[-1].zoho_message == "Please ensure it is shorter."
    assert written(books, order) == []


def test_two_comments_on_one_estimate_are_two(
    services: Services, books: BooksClient, comment: Callable[..., Order]
) -> None:
    first, second = comment(OrderKind.COMMENT_ESTIMATE, "One."), comment(OrderKind.COMMENT_ESTIMATE, "Two.")
    assert first.id != second.id
    assert delivered(services, first, OrderState.CONFIRMED).state is OrderState.CONFIRMED
    assert len(written(books, delivered(services, second, OrderState.CONFIRMED))) == 1


def test_a_comment_that_needs_a_person_holds_up_no_other(
    services: Services, books: BooksClient, comment: Callable[..., Order]
) -> None:
    stuck = comment(OrderKind.COMMENT_ESTIMATE, not_after=dt.datetime.now(dt.UTC))
    delivered(services, stuck, OrderState.NEEDS_ATTENTION)
    second = delivered(services, comment(OrderKind.COMMENT_ESTIMATE), OrderState.CONFIRMED)
    assert len(written(books, second)) == 1


def test_a_comment_that_waits_holds_up_no_answer(
    services: Services, org: str, books: BooksClient, comment: Callable[..., Order]
) -> None:
    waiting = comment(OrderKind.COMMENT_ESTIMATE)
    answer = an_answer(org, books.estimates.get(waiting.document_id).value)
    answer = services.orders.record(answer, form_key=answer.id)
    assert delivered(services, answer, OrderState.CONFIRMED).result == {"status": "accepted"}


def test_nothing_is_written_under_somebody_elses_document(
    services: Services, books: BooksClient, comment: Callable[..., Order]
) -> None:
    order = comment(OrderKind.COMMENT_ESTIMATE, customer_id="4600000000000000999")
    order = delivered(services, order, OrderState.REFUSED)
    assert written(books, order) == []


SENT = Estimate(
    id="77", number="QT-0042", status="sent", customer_id="500", total=Decimal("1.00"), currency="USD"
)


@pytest.mark.parametrize(
    ("status", "is_there", "sent", "wanted"),
    [
        ("sent", False, Sent.NEVER, OrderState.SENDING),
        ("sent", False, Sent.UNSETTLED, OrderState.UNCERTAIN),
        ("sent", False, Sent.SETTLED, OrderState.SENDING),
        ("sent", False, Sent.REFUSED, OrderState.REFUSED),
        ("draft", False, Sent.NEVER, OrderState.CHANGED),
        ("draft", False, Sent.UNSETTLED, OrderState.UNCERTAIN),
        *[(status, True, sent, OrderState.CONFIRMED) for status in ("sent", "draft") for sent in Sent],
    ],
)
def test_what_stands_there_decides(status: str, is_there: bool, sent: Sent, wanted: OrderState) -> None:
    order = an_answer("us-600", SENT, OrderKind.COMMENT_ESTIMATE, reason=COMMENT)
    comments = (Comment(id="1", text=comment_text(order)),) if is_there else ()
    verdict = judge_comment(order, Commented(dataclasses.replace(SENT, status=status), comments), TODAY, sent)
    assert verdict.state is wanted
    assert (verdict.next is Next.CONFIRM) == is_there
