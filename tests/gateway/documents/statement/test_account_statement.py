"""Statements of account, by any history: opening and lines make the closing, sums are their documents,
currencies never meet.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask, g
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.refund import CreditNoteRefund, PaymentRefund
from gateway.documents.ageing import BANDS, outstanding
from gateway.documents.statement.account_statement import CurrencyStatement, statements_of
from gateway.documents.statement.entries import AccountDocuments, EntryKind
from gateway.web.template_filters import today

PLACES = {"USD": 2, "JPY": 0, "BHD": 3}
TODAY = dt.date(2026, 11, 25)
FIRST, LAST = dt.date(2026, 9, 1), TODAY
days = st.dates(dt.date(2026, 6, 1), dt.date(2026, 12, 31))


@dataclasses.dataclass
class Books:
    """What a merchant does to one customer's account, kept the way Zoho keeps it: balances follow from what
    was done.
    """

    invoices: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    refunds: list[CreditNoteRefund | PaymentRefund]

    def documents(self) -> AccountDocuments:
        return AccountDocuments(
            invoices=tuple(Invoice(**invoice) for invoice in self.invoices),
            payments=tuple(Payment(**payment) for payment in self.payments),
            credit_notes=tuple(CreditNote(**note) for note in self.notes),
            refunds=tuple(self.refunds),
        )


@st.composite
def histories(draw: st.DrawFn) -> Books:
    books, number = Books([], [], [], []), iter(range(1, 1000))

    def amount(currency: str) -> Decimal:
        return Decimal(draw(st.integers(1, 10**7))).scaleb(-PLACES[currency])

    for _ in range(draw(st.integers(0, 6))):
        currency = draw(st.sampled_from(sorted(PLACES)))
        total, what = (
            amount(currency),
            draw(st.sampled_from(["open", "void", "written_off", "paid", "part", "credited", "unplaced"])),
        )
        invoice: dict[str, Any] = {
            "id": str(next(number)),
            "status": "sent",
            "customer_id": "1",
            "date": draw(days),
            "due_on": draw(st.none() | days),
            "total": total,
            "balance": total,
            "currency": currency,
        }
        books.invoices.append(invoice)
        if what == "void":
            invoice.update(status="void", balance=Decimal(0))
        elif what == "written_off":
            invoice.update(status="paid", balance=Decimal(0), write_off=total)
        elif what in ("paid", "part"):
            extra = amount(currency) if draw(st.booleans()) else Decimal(0)
            part = total if what == "paid" else min(total, amount(currency))
            back = extra if draw(st.booleans()) else Decimal(0)
            payment = {
                "id": str(next(number)),
                "customer_id": "1",
                "date": draw(days),
                "amount": part + extra,
                "currency": currency,
            }
            books.payments.append({**payment, "unused_amount": extra - back, "is_refunded": bool(back)})
            if back:
                books.refunds.append(
                    PaymentRefund(
                        id=str(next(number)), of_id=str(payment["id"]), date=draw(days), amount=back
                    )
                )
            invoice.update(balance=total - part)
        elif what in ("credited", "unplaced"):
            more, back = amount(currency), Decimal(0)
            used = total if what == "credited" else Decimal(0)
            if draw(st.booleans()):
                back = more
            note = {
                "id": str(next(number)),
                "status": "open",
                "customer_id": "1",
                "date": draw(days),
                "total": used + more,
                "balance": more - back,
                "currency": currency,
            }
            books.notes.append(note)
            if back:
                books.refunds.append(
                    CreditNoteRefund(id=str(next(number)), of_id=note["id"], date=draw(days), amount=back)
                )
            invoice.update(balance=total - used)
    return books


def every_line(one: CurrencyStatement) -> Decimal:
    return sum((line.entry.amount for line in one.lines), Decimal(0))


@given(books=histories(), since=days, until=days)
@settings(max_examples=150, deadline=None)
def test_opening_and_lines_make_the_closing_whatever_happened(
    books: Books, since: dt.date, until: dt.date
) -> None:
    documents = books.documents()
    for statement in statements_of(documents, min(since, until), max(since, until), today=TODAY):
        assert statement.opening + every_line(statement) == statement.closing
        balance = statement.opening
        for line in statement.lines:
            balance += line.entry.amount
            assert line.balance == balance
            assert line.entry.currency == statement.currency
        assert sum((kind.amount for kind in statement.before), Decimal(0)) == statement.opening
        assert (
            sum((kind.amount for kind in statement.within), Decimal(0))
            == statement.closing - statement.opening
        )
        assert sum(kind.count for kind in statement.within) == len(statement.lines)


@given(books=histories())
@settings(max_examples=150, deadline=None)
def test_over_all_time_the_closing_is_what_the_balances_of_the_documents_say(books: Books) -> None:
    documents = books.documents()
    for statement in statements_of(documents, dt.date.min, dt.date.max, today=TODAY):
        owed = [invoice.balance for invoice in documents.invoices if invoice.currency == statement.currency]
        left = [note.balance for note in documents.credit_notes if note.currency == statement.currency]
        left += [
            payment.unused_amount or Decimal(0)
            for payment in documents.payments
            if payment.currency == statement.currency
        ]
        assert statement.closing == statement.summary.balance == sum(owed, Decimal(0)) - sum(left, Decimal(0))
        assert statement.summary.unexplained == 0
        assert (
            sum((age.amount for age in statement.summary.bands), Decimal(0))
            == statement.summary.owed
            == sum(owed, Decimal(0))
        )
        for age in statement.summary.bands:
            assert age.amount == sum((invoice.balance for invoice in age.invoices), Decimal(0))


@given(books=histories(), middle=days)
@settings(max_examples=100, deadline=None)
def test_one_statement_ends_where_the_next_begins(books: Books, middle: dt.date) -> None:
    documents, day = books.documents(), dt.timedelta(days=1)
    earlier = statements_of(documents, dt.date(2000, 1, 1), middle, today=TODAY)
    later = statements_of(documents, middle + day, dt.date(2100, 1, 1), today=TODAY)
    assert [item.closing for item in earlier] == [item.opening for item in later]


def an_invoice(number: str, total: str, currency: str = "USD", **changes: Any) -> Invoice:
    given: dict[str, Any] = {
        "status": "sent",
        "customer_id": "1",
        "date": dt.date(2026, 10, 1),
        "balance": Decimal(total),
    }
    return Invoice(id=number, number=number, total=Decimal(total), currency=currency, **{**given, **changes})


@pytest.mark.parametrize(
    ("currency", "amounts", "together"),
    [
        ("USD", ("0.1", "0.2"), "0.3"),
        ("JPY", ("1500", "1"), "1501"),
        ("BHD", ("0.001", "12.345"), "12.346"),
        ("INR", ("1234567.89", "0.01"), "1234567.90"),
    ],
)
def test_sums_are_exact_in_every_currency(currency: str, amounts: tuple[str, ...], together: str) -> None:
    documents = AccountDocuments(
        invoices=tuple(
            an_invoice(str(place), amount, currency) for place, amount in enumerate(amounts, start=1)
        )
    )
    (one,) = statements_of(documents, FIRST, LAST, today=TODAY)
    assert str(one.closing) == together and one.summary.owed == Decimal(together)


def test_amounts_of_different_currencies_never_meet() -> None:
    documents = AccountDocuments(invoices=(an_invoice("1", "10", "USD"), an_invoice("2", "20", "EUR")))
    assert [
        (statement.currency, statement.closing)
        for statement in statements_of(documents, FIRST, LAST, today=TODAY)
    ] == [
        ("EUR", Decimal(20)),
        ("USD", Decimal(10)),
    ]


def test_void_documents_count_nothing_and_neither_do_refunds_of_strangers() -> None:
    documents = AccountDocuments(
        invoices=(an_invoice("1", "10"), an_invoice("2", "99", status="void", balance=Decimal(0))),
        credit_notes=(
            CreditNote(
                id="3", status="void", customer_id="1", total=Decimal(50), balance=Decimal(0), currency="USD"
            ),
        ),
        refunds=(CreditNoteRefund(id="4", of_id="77", date=FIRST, amount=Decimal(7)),),
    )
    (one,) = statements_of(documents, FIRST, LAST, today=TODAY)
    assert one.closing == Decimal(10) and [line.entry.id for line in one.lines] == ["1"]


def test_what_was_withheld_or_is_not_known_is_named_and_not_hidden() -> None:
    taxed = an_invoice("1", "100", status="paid", balance=Decimal(0))
    paid = Payment(
        id="2", customer_id="1", amount=Decimal(90), unused_amount=Decimal(0), currency="USD", date=FIRST
    )
    (one,) = statements_of(AccountDocuments(invoices=(taxed,), payments=(paid,)), FIRST, LAST, today=TODAY)
    assert one.closing == Decimal(10) and one.summary.balance == 0 and one.summary.unexplained == Decimal(-10)


def test_a_payment_without_a_currency_is_in_the_customers() -> None:
    paid = Payment(id="2", customer_id="1", amount=Decimal(9), unused_amount=Decimal(9), date=FIRST)
    (one,) = statements_of(AccountDocuments(payments=(paid,), home_currency="GBP"), FIRST, LAST, today=TODAY)
    assert (one.currency, one.closing, one.summary.credit) == ("GBP", Decimal(-9), Decimal(9))


@pytest.mark.parametrize(
    ("late", "name"),
    [
        (-3, "due"),
        (0, "due"),
        (1, "late_30"),
        (30, "late_30"),
        (31, "late_60"),
        (90, "late_90"),
        (91, "late_more"),
    ],
)
def test_an_open_invoice_is_as_old_as_it_is_late(late: int, name: str) -> None:
    documents = AccountDocuments(invoices=(an_invoice("1", "10", due_on=TODAY - dt.timedelta(days=late)),))
    (one,) = statements_of(documents, FIRST, LAST, today=TODAY)
    assert [age.band.key for age in one.summary.bands if age.invoices] == [name]
    assert tuple(age.band for age in one.summary.bands) == BANDS


@pytest.mark.parametrize(
    ("status", "due_on", "band"),
    [
        ("overdue", TODAY, "late_30"),
        ("overdue", TODAY + dt.timedelta(days=3), "late_30"),
        ("overdue", None, "late_30"),
        ("sent", TODAY, "due"),
        ("sent", TODAY - dt.timedelta(days=1), "late_30"),
        ("sent", None, "due"),
    ],
)
def test_statement_and_home_agree_on_how_overdue_an_invoice_is(
    status: str, due_on: dt.date | None, band: str
) -> None:
    invoice = an_invoice("1", "10", status=status, due_on=due_on)
    (statement,) = statements_of(AccountDocuments(invoices=(invoice,)), FIRST, LAST, today=TODAY)
    (home,) = outstanding([invoice], TODAY)
    assert [age.band.key for age in statement.summary.bands if age.invoices] == [band]
    assert [part.band.key for part in home.parts if part.count] == [band]


@pytest.mark.parametrize(("time_zone", "band"), [("America/New_York", "due"), ("UTC", "late_30")])
def test_statement_and_home_count_days_where_the_organisation_is(
    app: Flask, time_zone: str, band: str
) -> None:
    invoice = an_invoice("1", "10", status="sent", due_on=dt.date(2026, 11, 30))
    with time_machine.travel("2026-12-01T03:00:00+00:00", tick=False), app.app_context():
        g.time_zone = time_zone
        (statement,) = statements_of(AccountDocuments(invoices=(invoice,)), FIRST, LAST, today=today())
        (home,) = outstanding([invoice], today())
    assert [part.band.key for part in statement.summary.bands if part.invoices] == [band]
    assert [part.band.key for part in home.parts if part.count] == [band]


def test_entries_of_one_day_stand_in_the_order_in_which_they_follow_from_each_other() -> None:
    day = dt.date(2026, 10, 1)
    documents = AccountDocuments(
        invoices=(an_invoice("1", "10", write_off=Decimal(1), balance=Decimal(0)),),
        payments=(
            Payment(
                id="2", customer_id="1", amount=Decimal(9), unused_amount=Decimal(0), currency="USD", date=day
            ),
        ),
    )
    (one,) = statements_of(documents, FIRST, LAST, today=TODAY)
    assert [line.entry.kind for line in one.lines] == [
        EntryKind.INVOICE,
        EntryKind.WRITE_OFF,
        EntryKind.PAYMENT,
    ]
    assert one.closing == 0
