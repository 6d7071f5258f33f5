"""Refunds: which documents they belong to, in whose currency, and what their sum says of the sandbox's books
(zoho.md 4.2, 4.6).
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from connectors.zoho.api.errors import ZohoNotFound
from connectors.zoho.books.client import BooksClient
from tests.connectors.zoho.facts.conftest import Sandbox


def test_facts_4_2_a_customers_refunds_name_their_credit_notes_and_close_them(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    notes = [
        record
        for record in zoho_truth.records("credit_notes").values()
        if record["status"] == "closed" and not record["invoices"]
    ]
    assert notes
    for note in notes:
        found = [
            item
            for item in books.refunds.of_credit_notes(note["customer_id"]).value
            if item.of_id == note["creditnote_id"]
        ]
        assert sum((item.amount for item in found), Decimal(0)) == Decimal(str(note["total"]))
        assert all(item.number == note["creditnote_number"] and item.date is not None for item in found)


def test_facts_4_6_a_payment_that_was_paid_back_in_part_says_so_in_its_row_and_how_much_in_its_refunds(
    books: BooksClient,
) -> None:
    rows = [row for page in range(1, 9) for row in books.customer_payments.list_page(page=page).rows]
    paid_back = next(row for row in rows if row.is_refunded)
    whole = books.customer_payments.get(paid_back.id).value
    found = books.refunds.of_payment(paid_back.id).value
    assert sum(item.amount for item in found) == whole.refunded == Decimal(20)
    assert whole.is_refunded
    assert whole.amount == sum(
        (item.amount or 0 for item in whole.applied), whole.refunded + (whole.unused_amount or 0)
    )
    other = next(row for row in rows if not row.is_refunded)
    assert books.refunds.of_payment(other.id).value == ()


def test_facts_4_6_refunds_of_an_unknown_payment_are_not_found(books: BooksClient) -> None:
    with pytest.raises(ZohoNotFound):
        books.refunds.of_payment("999")
