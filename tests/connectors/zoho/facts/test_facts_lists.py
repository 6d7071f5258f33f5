"""Sections 2.5, 2.6 and 9: lists as they really come, with filters that may be ignored and times that are
inclusive.
"""

from __future__ import annotations

import datetime as dt

import pytest
import structlog

from connectors.zoho.books.client import BooksClient
from connectors.zoho.clients import ZohoClients
from tests.connectors.zoho.facts.conftest import Sandbox

CLIENTS, KINDS = {"customerpayments": "customer_payments"}, {"customerpayments": "payments"}


def everything(books: BooksClient, resource: str, **query: object) -> list[str]:
    client, ids, page = getattr(books, resource), [], 1
    while True:
        answer = client.list_page(page, 50, **query)
        ids += [row.id for row in answer.rows]
        if not answer.has_more:
            return ids
        page += 1


def test_facts_2_5_pages_are_read_until_zoho_says_there_is_no_more(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    assert len(zoho_truth.records("invoices")) > 50, "one page would prove nothing"
    assert sorted(everything(books, "invoices")) == sorted(zoho_truth.records("invoices"))


@pytest.mark.parametrize("name", ["estimates", "invoices", "customerpayments"])
def test_facts_9_9_a_filter_that_zoho_ignores_shows_no_other_customers_rows(
    books: BooksClient, zoho_truth: Sandbox, name: str
) -> None:
    customer = zoho_truth.one("invoices", status="sent")["customer_id"]
    zoho_truth.set(ignores_customer_filter=[KINDS.get(name, name)])
    with structlog.testing.capture_logs() as lines:
        page = getattr(books, CLIENTS.get(name, name)).list_page(customer_id=customer)
    assert {row.customer_id for row in page.rows} <= {customer}
    assert [line for line in lines if line["event"] == "zoho_list_held_other_customers"]


def test_facts_2_6_the_time_of_change_is_inclusive_so_the_boundary_row_comes_again(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    newest = books.invoices.list_page(1, 1, sort="last_modified_time", descending=True).rows[0]
    assert newest.modified_at is not None
    assert newest.id in everything(books, "invoices", modified_since=newest.modified_at)
    later = newest.modified_at + dt.timedelta(seconds=1)
    assert newest.id not in everything(books, "invoices", modified_since=later)


def test_facts_2_6_a_filter_by_time_that_zoho_ignores_brings_older_rows_and_their_age_can_be_seen(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    zoho_truth.set(ignores_modified_since=["estimates"])
    since = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    rows = books.estimates.list_page(modified_since=since).rows
    assert rows, "ignored means unfiltered"
    assert any(row.modified_at is None or row.modified_at < since for row in rows)


def test_facts_9_10_a_record_without_a_time_of_change_has_no_version(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    zoho_truth.set(without_modified_time=["estimates"])
    assert {(row.version, row.modified_at) for row in books.estimates.list_page().rows} == {("", None)}


def test_facts_9_2_a_rows_address_says_zipcode_where_the_detail_says_zip_and_both_are_read(
    zoho: ZohoClients, books: BooksClient, zoho_truth: Sandbox
) -> None:
    token = zoho.vault.access_token(zoho_truth.org)
    raw = next(
        invoice
        for invoice in zoho_truth.answer("/invoices", token)["invoices"]
        if invoice["billing_address"].get("zipcode")
    )
    assert "zip" not in raw["billing_address"]
    row = next(row for row in books.invoices.list_page().rows if row.id == raw["invoice_id"])
    assert (
        row.billing_address.zip
        == books.invoices.get(row.id).value.billing_address.zip
        == raw["billing_address"]["zipcode"]
    )


def test_facts_9_12_ids_beyond_what_a_float_can_hold_come_back_to_the_digit(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    ids = set(everything(books, "estimates"))
    assert ids == set(zoho_truth.records("estimates"))
    assert any(int(float(record_id)) != int(record_id) for record_id in ids), (
        "none of these ids would have been spoilt: nothing is proven"
    )


def test_facts_9_14_a_draft_has_no_address_to_pay_at(books: BooksClient, zoho_truth: Sandbox) -> None:
    draft, sent = (zoho_truth.one("invoices", status=status)["invoice_id"] for status in ("draft", "sent"))
    assert books.invoices.get(draft).value.url == ""
    assert books.invoices.get(sent).value.url


def test_facts_9_16_every_amount_is_in_the_records_own_currency(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    rows = {row.id: row for page in (1, 2) for row in books.invoices.list_page(page).rows}
    truth = zoho_truth.records("invoices")
    assert len({row.currency for row in rows.values()}) > 1, "one currency would prove nothing"
    assert all(row.currency == truth[id]["currency_code"] for id, row in rows.items())
