"""The judge of payments can find fault: without the rule of one page, an invoice is paid twice, and that is
told.
"""

from __future__ import annotations

import random

import pytest

from cache.records.orders.open_payment import OpenPayment
from cache.records.orders.order import FINAL, OrderKind, OrderState
from tests.crash.delivery_harness import DeliveryHarness
from tests.crash.order_scenarios import SCENARIOS
from tests.crash.payment_scenarios import GOOD, PaymentDriver, find_payment_discrepancies
from tests.crash.test_cut_deliveries import delivery_harness, records_server, settings  # noqa: F401 - fixtures

pytestmark = pytest.mark.usefixtures("quiet")
LATE = 900
"""Seconds between paying and booking: as long as nothing is booked, Zoho would take the money again."""


@pytest.mark.parametrize("pages", [1, 2])
def test_two_pages_take_the_money_twice_and_one_does_not(
    delivery_harness: DeliveryHarness,  # noqa: F811
    pages: int,
) -> None:
    world, rng = delivery_harness.world, random.Random(4)
    order = SCENARIOS[OrderKind.PAY_INVOICE].make(world, rng)
    while not order.payload_as(OpenPayment).page_id:
        order = SCENARIOS[OrderKind.PAY_INVOICE].make(world, rng)
    order, paying = delivery_harness.record(order), PaymentDriver(world, order)
    paying.delay_booking(LATE)
    paying.press(GOOD)
    if pages == 2:
        # What a portal would do that makes a page at every press.
        paying.address = world.billing.hosted_pages.pay_invoice(
            order.document_id, redirect_url="http://127.0.0.1:1/"
        ).value.url
    paying.press(GOOD)
    paying.advance_clock(LATE + 1)
    order = delivery_harness.at_rest(order)
    assert order.state is OrderState.CONFIRMED
    assert ("paid twice" in find_payment_discrepancies(world, order, set(FINAL))) is (pages == 2)
