"""Section 5, lifecycles: what the documents of the connectors say after Zoho has moved on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from connectors.zoho.api.errors import ZohoRefused
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.offline_payment import OfflinePayment
from connectors.zoho.documents.invoice import Invoice
from tests.connectors.zoho.facts.conftest import Sandbox


def a_payment(invoice: Invoice, amount: Decimal, reference: str) -> OfflinePayment:
    return OfflinePayment(
        customer_id=invoice.customer_id,
        amount=amount,
        date=dt.date(2026, 11, 20),
        mode="banktransfer",
        reference=reference,
        applied={invoice.id: amount},
    )


@pytest.fixture
def invoice(books: BooksClient, zoho_truth: Sandbox) -> Invoice:
    """Sent, unpaid, and worth more than two payments of one."""
    found = next(
        record
        for record in zoho_truth.records("invoices").values()
        if record["status"] == "sent" and record["balance"] > 10
    )
    return books.invoices.get(found["invoice_id"]).value


@pytest.mark.parametrize("status", ["draft", "declined", "invoiced", "accepted"])
def test_facts_5_1_only_a_sent_estimate_can_be_accepted_and_only_then_is_it_offered(
    books: BooksClient, zoho_truth: Sandbox, status: str
) -> None:
    estimate = zoho_truth.one("estimates", status=status)["estimate_id"]
    assert not books.estimates.get(estimate).value.can_be_answered(dt.date(2000, 1, 1))
    with pytest.raises(ZohoRefused):
        books.estimates.mark_accepted(estimate)


def test_facts_5_1_accepted_may_read_invoiced_at_once_and_leads_to_its_invoice(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    zoho_truth.set(auto_convert="sent")
    estimate = zoho_truth.one("estimates", status="sent")["estimate_id"]
    books.estimates.mark_accepted(estimate)
    after = books.estimates.get(estimate).value
    assert after.status == "invoiced"
    assert books.invoices.get(after.invoice_ids[0]).value.total == after.total


def test_facts_5_1_past_its_last_day_an_estimate_expires_by_itself(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    estimate = next(
        record
        for record in zoho_truth.records("estimates").values()
        if record["status"] == "sent" and record["expiry_date"]
    )
    zoho_truth.move_clock(days=400)
    after = books.estimates.get(estimate["estimate_id"]).value
    assert after.status == "expired"
    assert after.unanswerable_reason(dt.date(2026, 1, 1)) == "It has expired."


def test_facts_5_2_an_invoice_becomes_overdue_by_its_date_and_can_still_be_paid(
    books: BooksClient, zoho_truth: Sandbox, invoice: Invoice
) -> None:
    assert invoice.due_on is not None
    assert not invoice.is_overdue(invoice.due_on)
    zoho_truth.move_clock(days=400)
    after = books.invoices.get(invoice.id).value
    assert after.status == "overdue"
    assert after.is_overdue(invoice.due_on + dt.timedelta(days=1))
    assert after.can_be_paid()


def test_facts_5_2_part_of_the_amount_leaves_the_rest_to_pay(books: BooksClient, invoice: Invoice) -> None:
    books.customer_payments.record(a_payment(invoice, Decimal(1), "R-PART"))
    after = books.invoices.get(invoice.id).value
    assert (after.status, after.balance) == ("partially_paid", invoice.balance - 1)
    assert after.can_be_paid()


def test_facts_5_3_a_payment_recorded_twice_is_two_payments_and_is_found_before_it_is_repeated(
    books: BooksClient, invoice: Invoice
) -> None:
    for expected in (1, 2):
        books.customer_payments.record(a_payment(invoice, Decimal(1), "R-TWICE"))
        assert len(books.customer_payments.with_reference(invoice.customer_id, "R-TWICE").value) == expected
    assert books.invoices.get(invoice.id).value.balance == invoice.balance - 2


def test_facts_5_3_what_is_not_applied_stays_as_the_customers_credit(
    books: BooksClient, invoice: Invoice
) -> None:
    more = OfflinePayment(
        customer_id=invoice.customer_id,
        amount=Decimal(3),
        date=dt.date(2026, 11, 20),
        mode="cash",
        reference="R-MORE",
        applied={invoice.id: Decimal(1)},
    )
    assert books.customer_payments.record(more).value.unused_amount == Decimal(2)
    assert books.invoices.get(invoice.id).value.balance == invoice.balance - 1
