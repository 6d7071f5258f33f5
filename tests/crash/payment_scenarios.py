"""What people do while an invoice is being paid at Zoho: the client on its page, the bank, the merchant; and
what must be told.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from cache.clock import store_now
from cache.records.orders.open_payment import DISMISSED, OpenPayment
from cache.records.orders.order import Order, OrderState
from tests.crash.zoho_world import TIMEOUT, ZohoWorld
from workers.push.pay_order import DEBIT_MESSAGE
from workers.push.payment_polling import GRACE

CARD = {"action": "pay", "method": "card", "expiry": "11/41", "holder": "Nora West"}
GOOD, BAD = CARD | {"number": "4242 4242 4242 4242"}, CARD | {"number": "4000 0000 0000 0002"}
BANK = {"action": "pay", "method": "bank", "account_number": "000123456789"}
UNSEEN_FAILURE = {OrderState.NEEDS_ATTENTION, OrderState.WITHDRAWN}
"""How a payment may end whose debit failed before anybody looked."""

PAID, OPEN_AGAIN = {OrderState.CONFIRMED}, {OrderState.WITHDRAWN}

PaymentAction = Callable[["PaymentDriver"], None]


class PaymentDriver:
    """One open payment on the stage. part: an amount less than what is owed."""

    def __init__(self, world: ZohoWorld, order: Order) -> None:
        self.world, self.order = world, order
        self.address, self.page_id = world.pages[order.document_id], order.payload_as(OpenPayment).page_id
        self.part = "1" if order.seen_total == round(order.seen_total) else "0.10"

    def press(self, form: dict[str, str]) -> None:
        self.world.sandbox.http.post(self.address, data=form, allow_redirects=False, timeout=TIMEOUT)

    def set_bank_outcome(self, outcome: str) -> None:
        self._control("bank_debits", invoice_id=self.order.document_id, outcome=outcome)

    def expire_page(self) -> None:
        if self.page_id:
            self._control(
                "hosted_pages", hostedpage_id=self.page_id, seconds_ago=int(GRACE.total_seconds()) + 1
            )

    def record_by_hand(self, amount: str) -> None:
        form = {"amount": amount, "date": self.world.today().isoformat(), "payment_mode": "cash"}
        self.world.merchant_page(f"invoices/{self.order.document_id}/payments/new", **form)

    def delay_booking(self, seconds: int) -> None:
        """From now on what is paid is booked so much later by Zoho's clock."""
        self.world.sandbox.set(self.world.organization_id, booking_delay=seconds)

    def advance_clock(self, seconds: int) -> None:
        self.world.sandbox.http.post(
            f"{self.world.sandbox.origin('us')}/_sandbox/clock", json={"seconds": seconds}, timeout=TIMEOUT
        )

    def write_off(self) -> None:
        self.world.change("invoices", self.order.document_id, write_off_amount=float(self.order.seen_total))

    def cancel_in_portal(self) -> None:
        self.world.services.orders.note(
            self.order, {DISMISSED: "Nora West"}, message="Nora West cancelled it here."
        )

    def return_repeatedly(self) -> None:
        """Whatever comes back to our address makes Zoho be asked, and nothing else."""
        for _ in range(3):
            self.world.services.orders.note(self.order, {})

    def _control(self, what: str, **body: str | int) -> None:
        """A bank or a page that has nothing to end is no fault of the play."""
        address = f"{self.world.sandbox.origin('us')}/_sandbox/{what}"
        self.world.sandbox.http.post(
            address, json={**body, "organization_id": self.world.organization_id}, timeout=TIMEOUT
        )


PAYMENT_SCENARIOS: dict[str, tuple[tuple[PaymentAction, ...], set[OrderState]]] = {
    "pays": ((lambda at: at.press(GOOD),), PAID),
    "pays a part": ((lambda at: at.press(GOOD | {"amount": at.part}),), PAID),
    "presses twice": ((lambda at: at.press(GOOD), lambda at: at.press(GOOD)), PAID),
    "is declined and pays": ((lambda at: at.press(BAD), lambda at: at.press(GOOD)), PAID),
    "is declined and leaves": ((lambda at: at.press(BAD), lambda at: at.expire_page()), OPEN_AGAIN),
    "cancels at Zoho": ((lambda at: at.press({"action": "cancel"}), lambda at: at.expire_page()), OPEN_AGAIN),
    "closes the tab": ((lambda at: at.expire_page(),), OPEN_AGAIN),
    "cancels here and pays in another tab": (
        (lambda at: at.cancel_in_portal(), lambda at: at.press(GOOD)),
        PAID,
    ),
    "comes back without having paid": (
        (lambda at: at.return_repeatedly(), lambda at: at.return_repeatedly(), lambda at: at.expire_page()),
        OPEN_AGAIN,
    ),
    "pays, and it is booked late": (
        (
            lambda at: at.delay_booking(900),
            lambda at: at.press(GOOD),
            lambda at: at.delay_booking(0),
            lambda at: at.advance_clock(901),
        ),
        PAID,
    ),
    "bank pays": ((lambda at: at.press(BANK), lambda at: at.set_bank_outcome("settle")), PAID),
    "bank does not pay": (
        (lambda at: at.press(BANK), lambda at: at.set_bank_outcome("fail")),
        {OrderState.REFUSED, *UNSEEN_FAILURE},
    ),
    "merchant books it by hand": (
        (lambda at: at.record_by_hand(str(at.order.seen_total)), lambda at: at.press(GOOD)),
        PAID,
    ),
    "merchant books a part by hand, client pays the rest": (
        (lambda at: at.record_by_hand(at.part), lambda at: at.press(GOOD)),
        PAID,
    ),
    "merchant writes it off": ((lambda at: at.write_off(), lambda at: at.press(GOOD)), {OrderState.CHANGED}),
}
"""What happens, one deed before each of some rings, and the states in which the order may end. Of a bank
that does not pay, `find_payment_discrepancies` knows more.
"""

LATEST = 5.1
"""Powers of ten in seconds: deeds lie between the first second and a day and a half later, as many in each
power.
"""


def payment_scenario(
    world: ZohoWorld, order: Order, rng: random.Random
) -> tuple[Callable[[int], None], set[OrderState]]:
    """What happens before each ring, by the order's age, and how it may end."""
    paying, (actions, ends) = (
        PaymentDriver(world, order),
        PAYMENT_SCENARIOS[rng.choice(sorted(PAYMENT_SCENARIOS))],
    )
    ages = sorted(10 ** rng.uniform(0, LATEST) for _ in actions)

    def happens(number: int) -> None:
        now = world.services.orders.get(order.org, order.id)
        assert now is not None, f"{order.id} was lost"
        done = len(actions) - len(ages)
        if ages and (store_now(world.stores.records) - now.recorded_at).total_seconds() >= ages[0]:
            ages.pop(0)
            actions[done](paying)

    return happens, ends


def a_payment(world: ZohoWorld, row: dict[str, Any], *, on_own_page: bool) -> tuple[dict[str, Any], Decimal]:
    """What the portal writes at the press: the invoice as it was at the last look, and the way to its page.
    The row may have been
    played with before: it is as it was when it was cast.
    """
    invoice_id = row["invoice_id"]
    world.tamper(
        "invoices",
        invoice_id,
        payment_made=row["payment_made"],
        write_off_amount=0,
        ach_payment_initiated=False,
    )
    world.sandbox.set(world.organization_id, booking_delay=0)
    invoice = world.books.invoices.get(invoice_id).value
    payments = tuple(item.id for item in world.books.invoices.payments(invoice_id).value)
    page_id = ""
    if on_own_page:
        world.pages[invoice_id] = invoice.url
    else:
        page = world.billing.hosted_pages.pay_invoice(
            invoice_id, redirect_url="http://127.0.0.1:1/requests"
        ).value
        page_id, world.pages[invoice_id] = page.id, page.url
    return OpenPayment(page_id, invoice.payment_made, payments), invoice.balance


def new_payments(world: ZohoWorld, order: Order) -> list[Any]:
    """Payments on the invoice that were not there at the press."""
    before = order.payload_as(OpenPayment).payments_before
    return [item for item in world.books.invoices.payments(order.document_id).value if item.id not in before]


def find_payment_discrepancies(world: ZohoWorld, order: Order, ends: set[OrderState]) -> list[str]:
    """Paid twice, told as paid without being paid, or the other way round."""
    found, invoice, new = [], world.books.invoices.get(order.document_id).value, new_payments(world, order)
    paid = sum((item.amount for item in new), Decimal(0))
    if paid > order.seen_total or _unapplied(world, order):
        found.append("paid twice")
    if order.state is OrderState.CONFIRMED and (not new or order.result["balance"] != str(invoice.balance)):
        found.append(f"told as paid with {order.result}, and Zoho shows {paid} paid, {invoice.balance} open")
    if order.state in UNSEEN_FAILURE and OrderState.REFUSED in ends and not _failed_unseen(order):
        found.append(f"ended {order.state}, though a debit was seen to fail, or its page says otherwise")
    if order.state not in ends:
        found.append(f"ended {order.state} instead of {ends}: {paid} paid, {invoice.balance} open")
    return found


def _failed_unseen(order: Order) -> bool:
    """Whether a debit came and failed between two looks. A page of Billing then says that it was paid, and a
    person must look; the invoice's own page says nothing, and nothing was paid on it.
    """
    seen = any(step.message == DEBIT_MESSAGE for step in order.steps)
    fits = OrderState.NEEDS_ATTENTION if order.payload_as(OpenPayment).page_id else OrderState.WITHDRAWN
    return not seen and order.state is fits


def _unapplied(world: ZohoWorld, order: Order) -> bool:
    """Whether money of this customer came that nothing was owed for: what a second payment of the same
    invoice would be.
    """
    amounts = [
        record for record in world.all_of("payments").values() if record["customer_id"] == order.customer_id
    ]
    return any(
        amount["description"].endswith(order.document_number or "?") and amount["unused_amount"]
        for amount in amounts
    )
