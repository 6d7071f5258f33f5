"""The client's reason as a comment in Zoho."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from cache.records.orders.order import Order, OrderKind
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.estimate import Estimate
from tests.servers.worker_process import an_answer
from workers.push.comment_text import DECLINED, LONGEST, comment_text, has_comment_of


@pytest.fixture
def order() -> Order:
    estimate = Estimate(id="77", status="sent", customer_id="500", total=Decimal("5"), currency="USD")
    return an_answer("us-600", estimate, OrderKind.DECLINE_ESTIMATE, reason="Too late for us.")


def test_the_comment_names_the_person_since_zoho_names_the_merchant(order: Order) -> None:
    assert comment_text(order, DECLINED) == (
        f"Erin Solberg declined this estimate in the client portal: “Too late for us.” (request {order.id})"
    )


def test_it_is_found_again_by_the_number_of_its_request(order: Order) -> None:
    mine = Comment(id="1", text=comment_text(order, DECLINED).replace("“", "&quot;"))
    other = Comment(id="2", text=comment_text(dataclasses.replace(order, id="R-OTHER-ONE")))
    assert has_comment_of([other, mine], order)
    assert not has_comment_of([other], order)


def test_a_very_long_reason_still_fits_and_keeps_the_number(order: Order) -> None:
    text = comment_text(dataclasses.replace(order, reason="x" * 5000))
    assert len(text) == LONGEST
    assert text.endswith(f"…” (request {order.id})")
