"""When an estimate can be answered, and what is said about a change."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.estimate_changes import Change
from connectors.zoho.documents.line_item import LineItem, TaxLine

TODAY = dt.date(2026, 11, 23)
CLOTH = LineItem(
    id="11", name="Cloth", quantity=Decimal(2), unit="pcs", rate=Decimal("60.25"), total=Decimal("120.50")
)
ROPE = LineItem(id="12", name="Rope", quantity=Decimal(1), rate=Decimal(10), total=Decimal(10))
SEEN = Estimate(
    id="1",
    number="QT-1",
    status="sent",
    customer_id="2",
    total=Decimal("130.5"),
    currency="USD",
    precision=2,
    expires_on=TODAY,
    line_items=(CLOTH, ROPE),
    taxes=(TaxLine(name="VAT", amount=Decimal(0)),),
    terms="30 days",
)


def test_a_sent_estimate_can_be_answered_through_its_last_day() -> None:
    assert SEEN.can_be_answered(TODAY)
    assert not SEEN.can_be_answered(TODAY + dt.timedelta(days=1))
    assert dataclasses.replace(SEEN, expires_on=None).can_be_answered(dt.date(2999, 1, 1))


@pytest.mark.parametrize(
    "status", ["draft", "accepted", "declined", "expired", "invoiced", "pending_approval", "paused", ""]
)
def test_facts_10_1_only_sent_offers_actions(status: str) -> None:
    estimate = dataclasses.replace(SEEN, status=status)
    assert not estimate.can_be_answered(TODAY)
    assert estimate.unanswerable_reason(TODAY)


@pytest.mark.parametrize("status", ["draft", "pending_approval", "approved"])
def test_facts_5_1_clients_do_not_see_what_was_not_sent(status: str) -> None:
    assert not dataclasses.replace(SEEN, status=status).is_for_clients


def difference(**now: Any) -> tuple[Change, ...]:
    return dataclasses.replace(SEEN, **now).difference(json.loads(json.dumps(SEEN.to_stored())))


def test_nothing_changed_nothing_is_said() -> None:
    assert difference() == ()


def test_a_change_of_what_is_not_shown_is_no_change_of_the_offer() -> None:
    assert (
        difference(
            modified_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            url="https://x.example",
            customer_name="New name",
        )
        == ()
    )


def test_the_same_figure_written_with_more_places_is_no_change() -> None:
    assert difference(total=Decimal("130.500")) == ()


def test_a_changed_line_is_told_in_the_words_a_person_reads() -> None:
    more = dataclasses.replace(CLOTH, quantity=Decimal("3.0"), total=Decimal("180.75"))
    assert difference(line_items=(more, ROPE), total=Decimal("190.75")) == (
        Change("Line “Cloth”", "Cloth, 2 pcs × 60.25 = 120.50 USD", "Cloth, 3 pcs × 60.25 = 180.75 USD"),
        Change("Total", "130.50 USD", "190.75 USD"),
    )


def test_an_added_and_a_removed_line_are_told_apart() -> None:
    sail = LineItem(id="13", name="Sail", total=Decimal(5))
    assert difference(line_items=(CLOTH, sail)) == (
        Change("Line “Sail”", "", "Sail = 5.00 USD"),
        Change("Line “Rope”", "Rope, 1 × 10 = 10.00 USD", ""),
    )


def test_a_changed_status_comes_first() -> None:
    changes = difference(status="declined", terms="")
    assert changes == (Change("Status", "sent", "declined"), Change("Terms", "30 days", ""))


def test_lines_in_another_order_are_a_change() -> None:
    assert difference(line_items=(ROPE, CLOTH)) == (Change("Order of the lines", "", "changed"),)


texts = st.text(max_size=6)
amounts = st.decimals(-(10**6), 10**6, places=2)
lines = st.lists(
    st.builds(
        LineItem,
        id=st.sampled_from(["", "1", "2", "3"]),
        name=texts,
        quantity=st.none() | amounts,
        rate=st.none() | amounts,
        total=st.none() | amounts,
    ),
    max_size=4,
).map(tuple)
offers = st.builds(
    Estimate,
    id=st.just("1"),
    number=texts,
    status=st.just("sent"),
    customer_id=st.just("2"),
    total=amounts,
    currency=st.sampled_from(["USD", "JPY"]),
    precision=st.sampled_from([None, 0, 2]),
    line_items=lines,
    taxes=st.lists(st.builds(TaxLine, name=texts, amount=st.none() | amounts), max_size=2).map(tuple),
    notes=texts,
    terms=texts,
    expires_on=st.none() | st.dates(),
    discount=st.none() | amounts,
)


@given(seen=offers, now=offers)
def test_the_digest_differs_exactly_when_a_difference_can_be_told(seen: Estimate, now: Estimate) -> None:
    assert (seen.digest() != now.digest()) == bool(now.difference(seen.to_stored()))


@given(offer=offers)
def test_the_digest_survives_the_store(offer: Estimate) -> None:
    assert Estimate.from_stored(json.loads(json.dumps(offer.to_stored()))).digest() == offer.digest()


@given(offer=offers, other=amounts)
def test_any_change_of_the_total_changes_the_digest(offer: Estimate, other: Decimal) -> None:
    exact = dataclasses.replace(offer, precision=2)
    changed = dataclasses.replace(exact, total=other)
    assert (changed.digest() == exact.digest()) == (changed.total == exact.total)
