"""The word beside an invoice on every page: what is under way while something is owed, and Paid only when
Zoho says so.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cache.clock import store_now
from cache.records.orders.open_payment import DISMISSED, OpenPayment
from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from cache.records.orders.payload import NO_PAYLOAD
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_invoice, today
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

OWED = an_invoice(total=Decimal("300.00"), balance=Decimal("300.00"), due_on=today())
DETAIL = f"/invoices/{OWED.id}"
REPORTED, BOOKED = "Reported paid, waiting for confirmation", "Payment received, being booked"


def under_way(services: Services, kind: OrderKind, state: OrderState) -> Order:
    """A payment of the invoice as it is kept."""
    account, now = services.accounts.of_org(ORG)[0], store_now(services.stores.records)
    order = Order(
        id=new_order_id(),
        org=ORG,
        kind=kind,
        customer_id=OWED.customer_id,
        account_id=account.id,
        person_name=account.name,
        document_id=OWED.id,
        document_number=OWED.number,
        seen_version="",
        seen_digest="",
        seen_total=OWED.balance,
        currency="USD",
        state=state,
        steps=(OrderStep(at=now, state=state, message="Begun."),),
        recorded_at=now,
        next_at=now,
        not_after=now + dt.timedelta(days=30),
        payload=OpenPayment("page", Decimal(0), ()) if kind is OrderKind.PAY_INVOICE else NO_PAYLOAD,
    )
    return services.orders.record(order, form_key=order.id)


def found(services: Services, order: Order, state: OrderState, **result: str) -> None:
    """What a worker made of its look."""
    claim = services.orders.claim(ORG, order.id, lease=5, settle=1)
    assert claim is not None
    services.orders.move(claim, state, message="Looked.", result=result, next_in=0.0)


def badges(browser: Browser) -> list[str]:
    """What stands beside the invoice on the dashboard, in the list, and on its own page."""
    told = []
    for page, place in (
        ("/", f'a[href="{DETAIL}"]'),
        ("/invoices", f'th a[href="{DETAIL}"]'),
        (DETAIL, "aside"),
    ):
        browser.get(page)
        there = browser.page.select_one(place)
        assert there is not None, page
        row = there if there.name == "aside" else there.find_parent(["li", "tr"])
        told.append(" ".join(element.get_text() for element in row.select('[class^="badge-"]')))  # type: ignore[union-attr]
    return told


@pytest.fixture(autouse=True)
def invoice(seed: Seeding) -> None:
    seed.has(OWED)
    seed.synced()


def test_a_reported_payment_says_so_on_every_page(nora: Browser, services: Services) -> None:
    order = under_way(services, OrderKind.RECORD_PAYMENT, OrderState.PROPOSED)
    assert badges(nora) == [REPORTED] * 3
    assert services.orders.approve(ORG, order.id, message="Agreed.", not_after=order.not_after)
    assert badges(nora) == ["Reported paid, being booked"] * 3


def test_a_payment_is_open_then_being_booked_and_paid_when_zoho_says_so(
    nora: Browser, services: Services, seed: Seeding
) -> None:
    assert badges(nora) == ["due today", "Unpaid", "Unpaid"]
    order = under_way(services, OrderKind.PAY_INVOICE, OrderState.AT_CHECKOUT)
    assert badges(nora) == ["Being paid"] * 3, "a page that is merely open has received nothing"
    found(services, order, OrderState.AT_CHECKOUT, booking_since="2026-11-03T10:00:00+00:00")
    assert badges(nora) == [BOOKED] * 3
    services.orders.note(order, {DISMISSED: "Nora"})
    assert badges(nora) == [BOOKED] * 3, "what was cancelled here is booked all the same"
    later = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    seed.has(an_invoice(total=Decimal("300.00"), balance=Decimal("0.00"), status="paid", modified_at=later))
    nora.get(DETAIL)
    assert [element.get_text() for element in nora.page.select('aside [class^="badge-"]')] == ["Paid"]


@pytest.mark.parametrize(
    ("result", "state", "expected"),
    [
        (
            {"debit_since": "2026-11-03T10:00:00+00:00"},
            OrderState.AT_CHECKOUT,
            "A bank payment is on its way",
        ),
        ({}, OrderState.NEEDS_ATTENTION, "Being looked at"),
    ],
)
def test_what_takes_longer_has_its_own_word(
    nora: Browser, services: Services, result: dict[str, str], state: OrderState, expected: str
) -> None:
    found(services, under_way(services, OrderKind.PAY_INVOICE, OrderState.AT_CHECKOUT), state, **result)
    assert badges(nora) == [expected] * 3


def test_one_that_was_cancelled_here_leaves_the_invoice_as_it_is(nora: Browser, services: Services) -> None:
    services.orders.note(
        under_way(services, OrderKind.PAY_INVOICE, OrderState.AT_CHECKOUT), {DISMISSED: "Nora"}
    )
    assert badges(nora) == ["due today", "Unpaid", "Unpaid"]
