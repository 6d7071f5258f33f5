"""The judge of payments can find fault: without the rule of one page, an invoice is paid twice, and that is
told.
"""

from __future__ import annotations

import random

import pytest

from cache.records.order import FINAL, OrderKind, OrderState
from tests.crash.paying import GOOD, Paying, payment_lies
from tests.crash.scenes import SCENES
from tests.crash.test_cut_deliveries import records_server, settings, theatre  # noqa: F401 - fixtures
from tests.crash.theatre import Theatre

pytestmark = pytest.mark.usefixtures("quiet")
LATE = 900
"""Seconds between paying and booking: as long as nothing is booked, Zoho would take the money again."""


@pytest.mark.parametrize("pages", [1, 2])
def test_two_pages_take_the_money_twice_and_one_does_not(theatre: Theatre, pages: int) -> None:  # noqa: F811
    world, dice = theatre.world, random.Random(4)
    order = SCENES[OrderKind.PAY_INVOICE].make(world, dice)
    while not order.shown["paying"][0]:
        order = SCENES[OrderKind.PAY_INVOICE].make(world, dice)
    order, paying = theatre.record(order), Paying(world, order)
    paying.booked_late(LATE)
    paying.press(GOOD)
    if pages == 2:
        # What a portal would do that makes a page at every press.
        paying.address = world.billing.hosted_pages.pay_invoice(
            order.document_id, redirect_url="http://127.0.0.1:1/"
        ).value.url
    paying.press(GOOD)
    paying.time_goes_on(LATE + 1)
    order = theatre.at_rest(order)
    assert order.state is OrderState.CONFIRMED
    assert ("paid twice" in payment_lies(world, order, set(FINAL))) is (pages == 2)
