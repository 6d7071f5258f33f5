"""Fills an organisation: a plausible past for every customer, with plausible shares of statuses."""

from __future__ import annotations

from decimal import Decimal

from sandbox.seed.customers import BUSY, MARKUP, NON_LATIN, SILENT
from sandbox.seed.documents import DocumentMaker
from sandbox.world import Record

ESTIMATES = 10
INVOICES = 11
BUSY_INVOICES = 260
MARKUP_NOTE = "Please see <script>alert('hello')</script> the <b>bold</b> terms & conditions"
NON_LATIN_NOTE = "いつもお世話になっております。お見積りは税抜き価格です。Ευχαριστούμε · شكراً"


def fill(make: DocumentMaker, customers: list[Record]) -> None:
    """Documents for all customers but the one without any."""
    for customer in customers:
        name = customer["contact_name"]
        if name == SILENT:
            continue
        notes = {MARKUP: MARKUP_NOTE, NON_LATIN: NON_LATIN_NOTE}.get(name)
        for _ in range(ESTIMATES):
            _one_estimate(make, customer, notes)
        for _ in range(BUSY_INVOICES if name == BUSY else INVOICES):
            _one_invoice(make, customer)
        _now_and_then(make, customer)


def _one_estimate(make: DocumentMaker, customer: Record, notes: str | None) -> None:
    status = make.chance.choices(
        ("draft", "sent", "accepted", "declined", "expired", "invoiced"), weights=(8, 22, 14, 14, 20, 22)
    )[0]
    recent = status in ("draft", "sent")
    days_ago = make.chance.randrange(1, 20) if recent else make.chance.randrange(45, 700)
    make.estimate(customer, status, days_ago=days_ago, notes=notes)


def _one_invoice(make: DocumentMaker, customer: Record) -> None:
    kind = make.chance.choices(
        ("draft", "open", "overdue", "part", "paid", "void"), weights=(6, 14, 10, 8, 56, 6)
    )[0]
    if kind in ("draft", "open"):
        days_ago = make.chance.randrange(1, 28)
    elif kind == "overdue":
        days_ago = make.chance.randrange(32, 150)
    elif kind == "part":
        days_ago = make.chance.randrange(12, 50)
    else:
        days_ago = make.chance.randrange(15, 720)
    invoice = make.invoice(customer, kind if kind in ("draft", "void") else "sent", days_ago=days_ago)
    if kind == "part":
        make.pay(
            customer,
            [invoice],
            days_ago=days_ago - 10,
            part=make.chance.choice((Decimal("0.25"), Decimal("0.5"))),
        )
    elif kind == "paid":
        _pay_in_full(make, customer, invoice, days_ago)


def _pay_in_full(make: DocumentMaker, customer: Record, invoice: Record, days_ago: int) -> None:
    """Mostly one payment per invoice; the customer with many documents settles three with each."""
    waiting = make.waiting.setdefault(customer["contact_id"], [])
    waiting.append((days_ago, invoice))
    if customer["contact_name"] != BUSY or len(waiting) == 3:
        extra = Decimal(50) if make.chance.random() < 0.03 else Decimal(0)
        make.pay(
            customer,
            [item for _, item in waiting],
            days_ago=max(1, min(age for age, _ in waiting) - 12),
            extra=extra,
        )
        waiting.clear()


def _now_and_then(make: DocumentMaker, customer: Record) -> None:
    """Recurring invoices, credit notes, write-offs and slow bank debits, for some customers."""
    if make.chance.random() < 0.4:
        status = make.chance.choices(("active", "stopped", "expired"), weights=(7, 2, 1))[0]
        make.recurring_invoice(customer, f"Monthly care, {customer['contact_name']}", status, days_ago=200)
    if make.chance.random() < 0.5:
        make.credit_note(
            customer,
            make.chance.choice(("open", "open", "closed", "void", "draft")),
            days_ago=make.chance.randrange(10, 300),
        )
    if make.chance.random() < 0.1:
        written_off = make.invoice(customer, "sent", days_ago=300)
        written_off["write_off_amount"] = written_off["total"]
    if make.chance.random() < 0.1:
        make.invoice(customer, "sent", days_ago=5)["ach_payment_initiated"] = True
