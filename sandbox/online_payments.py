"""Online payments: Zoho books what a gateway takes, or reports that it was declined (zoho.md 5.2,
7.2, 7.3).
"""

from __future__ import annotations

from decimal import Decimal

from sandbox import history
from sandbox.amounts import exact, json_number
from sandbox.balances import balance_of
from sandbox.billing.billing_terms import transaction
from sandbox.billing.dunning import reactivate_paid
from sandbox.billing.event_payloads import about_invoice, about_payment
from sandbox.billing.events import record_event
from sandbox.payment_booking import check_payment, enter_payment
from sandbox.world import DataCentre, Organisation, Record, World

ZOHO = {"user_id": "", "name": "Zoho Billing"}
NO_SUCH_MONEY = "0002"
"""Last four digits of a card that is declined at once, and of a bank account whose debit fails days later."""
DAY = 24 * 3600


class PaymentProcessor:
    """Takes online payments for one organisation's invoices.

    synced: the money came through Billing, whose changes trigger no webhook of Books (zoho.md 6.4).
    """

    def __init__(self, world: World, centre: DataCentre, organisation: Organisation, *, synced: bool) -> None:
        self._world, self._centre, self._organisation, self._synced = world, centre, organisation, synced

    def refusal_reason(self, invoice: Record) -> str:
        """Why this invoice cannot be paid online now, for people; "" if it can."""
        if invoice["status"] in ("draft", "void"):
            return "This invoice is not open."
        if balance_of(invoice) <= 0:
            return "This invoice is paid. Thank you."
        if invoice["ach_payment_initiated"]:
            return "A payment of this invoice is under way. It takes a few days until your bank confirms it."
        if not self._organisation.settings["payment_gateways"]:
            return "This invoice cannot be paid online. Please use the bank details on the invoice."
        return ""

    def take(self, invoice: Record, amount: Decimal, method: Record, *, mode: str) -> None:
        """Book a card payment, now or after the configured delay. Raises Refused for more than the
        balance.
        """
        check_payment(self._organisation, invoice["customer_id"], amount, [(invoice["invoice_id"], amount)])
        delay = self._organisation.settings["booking_delay"]
        if not delay:
            self._book(invoice, amount, amount, method, mode)
            return
        booking_id = self._centre.new_id()
        self._organisation.late_bookings[booking_id] = {
            **self._taken(invoice, amount, method),
            "booking_id": booking_id,
            "mode": mode,
            "settles": self._world.clock.seconds() + delay,
        }
        self._world.touch()

    def book_late(self, invoice: Record, booking_id: str) -> None:
        """Book a delayed payment. If it was paid twice meanwhile, the excess becomes the customer's
        credit.
        """
        booking = self._organisation.late_bookings.pop(booking_id)
        amount, owed = exact(booking["amount"]), balance_of(invoice)
        self._book(invoice, amount, min(amount, owed), booking, booking["mode"])

    def decline(self, invoice: Record) -> None:
        """The gateway declined: only the feed of events changes."""
        record_event(
            self._world,
            self._organisation,
            "payment_declined",
            about_invoice(self._organisation, invoice, self._today()),
        )

    def start_debit(self, invoice: Record, amount: Decimal, account: Record) -> None:
        """Start a bank debit. The invoice keeps status and balance until the bank answers (zoho.md 5.2)."""
        now, days = self._world.clock.seconds(), self._organisation.settings["bank_debit_days"]
        self._organisation.bank_debits[invoice["invoice_id"]] = {
            **self._taken(invoice, amount, account),
            "settles": now + days * DAY if days else 0,
        }
        invoice["ach_payment_initiated"] = True
        self._changed(invoice)
        self._note(invoice, "Bank debit started")

    def settle_debit(self, invoice: Record) -> None:
        """The bank paid. Any excess over the balance becomes the customer's credit."""
        debit = self._end_debit(invoice)
        amount, owed = (
            exact(debit["amount"]),
            Decimal(0) if invoice["status"] == "draft" else balance_of(invoice),
        )
        self._book(invoice, amount, min(amount, owed), debit, "banktransfer")

    def fail_debit(self, invoice: Record) -> None:
        """The bank refused: the invoice is open again."""
        self._end_debit(invoice)
        self._changed(invoice)
        self._note(invoice, "Bank debit failed")
        self.decline(invoice)

    def _book(self, invoice: Record, amount: Decimal, applied: Decimal, method: Record, mode: str) -> Record:
        payment = enter_payment(
            self._centre,
            self._organisation,
            customer_id=invoice["customer_id"],
            amount=amount,
            mode=mode,
            date=self._today(),
            reference="",
            description=f"Payment for {invoice['invoice_number']}",
            applied=[(invoice["invoice_id"], applied)] if applied > 0 else [],
            at=self._world.clock.seconds(),
        )
        payment["online"] = transaction(self._centre, method)
        self._changed(invoice)
        self._changed(payment)
        self._note(invoice, f"Payment {payment['payment_number']} received online")
        payload = about_payment(self._organisation, invoice, payment, self._today())
        record_event(self._world, self._organisation, "payment_thankyou", payload)
        reactivate_paid(self._world, self._organisation)
        return payment

    def _taken(self, invoice: Record, amount: Decimal, method: Record) -> Record:
        return {
            "invoice_id": invoice["invoice_id"],
            "customer_id": invoice["customer_id"],
            "amount": json_number(amount, self._organisation.precision(invoice["currency_code"])),
            "last_four_digits": method["last_four_digits"],
            "payment_gateway": method["payment_gateway"],
            "synced": self._synced,
            "created": self._world.clock.seconds(),
        }

    def _end_debit(self, invoice: Record) -> Record:
        """The pending debit of an invoice; the seed only marks some invoices, without details."""
        whole = {
            "amount": json_number(
                balance_of(invoice), self._organisation.precision(invoice["currency_code"])
            ),
            "last_four_digits": "",
        }
        debit = self._organisation.bank_debits.pop(invoice["invoice_id"], whole | {"payment_gateway": ""})
        invoice["ach_payment_initiated"] = False
        return debit

    def _changed(self, record: Record) -> None:
        (self._world.stamp if self._synced else self._world.modify)(record)

    def _note(self, invoice: Record, text: str) -> None:
        history.note(
            self._world,
            self._centre,
            self._organisation,
            document_id=invoice["invoice_id"],
            transaction_type="invoice",
            by=ZOHO,
            description=text,
        )

    def _today(self) -> str:
        return self._world.today(self._organisation).isoformat()
