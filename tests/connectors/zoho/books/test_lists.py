"""Lists: the walls between Zoho's answer and the rest of the product. Answers are canned so that Zoho can
misbehave at will.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import responses
import structlog

from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.errors import ZohoUnavailable, ZohoUnreadable
from connectors.zoho.api.list_query import ZohoListQuery, zoho_time
from connectors.zoho.api.product import BILLING
from connectors.zoho.books.client import BooksClient
from tests.connectors.zoho.canned import API, an_api_client


@pytest.fixture
def books(stores: Stores) -> BooksClient:
    return BooksClient(an_api_client(stores))


@pytest.fixture
def zoho(settings: Settings) -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as answers:
        yield answers


def an_invoice(number: int, customer: str = "5", **fields: Any) -> dict[str, Any]:
    return {
        "invoice_id": str(number),
        "status": "sent",
        "customer_id": customer,
        "total": 1,
        "balance": 1,
        "currency_code": "USD",
    } | fields


def says(zoho: responses.RequestsMock, path: str, **body: Any) -> None:
    zoho.get(
        f"{API}/books/v3{path}",
        body=json.dumps({"code": 0, "message": "ok", **body}),
        content_type="application/json",
    )


def asked(zoho: responses.RequestsMock) -> dict[str, list[str]]:
    return parse_qs(urlsplit(str(zoho.calls[-1].request.url)).query)


CONTEXT = {"page": 1, "per_page": 200, "has_more_page": False}


def test_facts_2_5_rows_of_other_customers_are_dropped_and_an_alarm_is_logged(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(zoho, "/invoices", invoices=[an_invoice(1), an_invoice(2, "6"), an_invoice(3)], page_context=CONTEXT)
    with structlog.testing.capture_logs() as lines:
        page = books.invoices.list_page(customer_id="5")
    assert [row.id for row in page.rows] == ["1", "3"]
    alarm = next(line for line in lines if line["event"] == "zoho_list_held_other_customers")
    assert (alarm["log_level"], alarm["org"], alarm["dropped"]) == ("error", "eu-77", 1)


@pytest.mark.parametrize(
    ("resource", "path", "key", "row"),
    [
        (
            "estimates",
            "/estimates",
            "estimates",
            {"estimate_id": "1", "status": "sent", "total": 1, "currency_code": "USD"},
        ),
        (
            "invoices",
            "/invoices",
            "invoices",
            {"invoice_id": "1", "status": "sent", "total": 1, "balance": 1, "currency_code": "USD"},
        ),
        ("customer_payments", "/customerpayments", "customerpayments", {"payment_id": "1", "amount": 1}),
        (
            "recurring_invoices",
            "/recurringinvoices",
            "recurring_invoices",
            {"recurring_invoice_id": "1", "status": "active"},
        ),
        (
            "credit_notes",
            "/creditnotes",
            "creditnotes",
            {"creditnote_id": "1", "status": "open", "total": 1, "balance": 1, "currency_code": "USD"},
        ),
    ],
)
def test_facts_2_5_every_list_with_a_customer_filter_drops_the_rows_of_others(
    books: BooksClient, zoho: responses.RequestsMock, resource: str, path: str, key: str, row: dict[str, Any]
) -> None:
    says(zoho, path, **{key: [row | {"customer_id": "5"}, row | {"customer_id": "6"}]}, page_context=CONTEXT)
    page = getattr(books, resource).list_page(customer_id="5")
    assert [item.customer_id for item in page.rows] == ["5"]
    assert asked(zoho)["customer_id"] == ["5"]


def test_facts_2_5_vendors_are_dropped_when_the_filter_is_ignored(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    rows = [
        {"contact_id": "1", "contact_type": "customer"},
        {"contact_id": "2", "contact_type": "vendor"},
        {"contact_id": "3"},
    ]
    says(zoho, "/contacts", contacts=rows, page_context=CONTEXT)
    assert [row.id for row in books.contacts.list_page().rows] == ["1", "3"]
    assert asked(zoho)["contact_type"] == ["customer"]


def test_an_unreadable_row_is_collected_by_name_and_hides_no_other(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(
        zoho,
        "/invoices",
        invoices=[an_invoice(1), an_invoice(2, balance="x"), an_invoice(3)],
        page_context=CONTEXT,
    )
    page = books.invoices.list_page()
    assert [row.id for row in page.rows] == ["1", "3"]
    assert [(item.org, item.kind, item.id, item.field) for item in page.unreadable] == [
        ("eu-77", "invoice", "2", "balance")
    ]


@pytest.mark.parametrize(
    "body", [{}, {"invoices": ""}, {"invoices": None}, {"invoices": "x"}, {"payments": []}]
)
def test_an_answer_without_its_list_is_unreadable_and_not_an_empty_list(
    books: BooksClient, zoho: responses.RequestsMock, body: dict[str, Any]
) -> None:
    says(zoho, "/invoices", **body, page_context=CONTEXT)
    with pytest.raises(ZohoUnreadable):
        books.invoices.list_page()


@pytest.mark.parametrize("context", [CONTEXT | {"has_more_page": True}, [CONTEXT | {"has_more_page": True}]])
def test_facts_2_5_page_context_is_an_object_in_reality_and_an_array_in_some_files(
    books: BooksClient, zoho: responses.RequestsMock, context: Any
) -> None:
    says(zoho, "/invoices", invoices=[an_invoice(1)], page_context=context)
    assert books.invoices.list_page().has_more


def test_a_full_page_that_does_not_say_whether_it_was_the_last_is_unreadable(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(zoho, "/invoices", invoices=[an_invoice(1), an_invoice(2)])
    with pytest.raises(ZohoUnreadable, match="has_more_page"):
        books.invoices.list_page(per_page=2)


def test_facts_4_7_a_list_sent_as_an_object_is_read_as_a_list(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    note = {
        "creditnote_id": "1",
        "status": "open",
        "customer_id": "5",
        "total": 1,
        "balance": 1,
        "currency_code": "USD",
    }
    says(zoho, "/creditnotes", creditnotes=note, page_context=CONTEXT)
    assert [row.id for row in books.credit_notes.list_page().rows] == ["1"]


def test_facts_9_1_payments_stand_under_customerpayments(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(
        zoho,
        "/customerpayments",
        customerpayments=[{"payment_id": "1", "customer_id": "5", "amount": 2}],
        page_context=CONTEXT,
    )
    assert [row.id for row in books.customer_payments.list_page().rows] == ["1"]


def test_facts_2_6_a_time_goes_out_with_an_offset_without_colon_and_percent_encoded(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(zoho, "/invoices", invoices=[], page_context=CONTEXT)
    since = dt.datetime(2026, 6, 9, 9, 46, 21, 500, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
    books.invoices.list_page(2, 50, modified_since=since, sort="last_modified_time", descending=True)
    assert asked(zoho) == {
        "page": ["2"],
        "per_page": ["50"],
        "last_modified_time": ["2026-06-09T13:46:21+0000"],
        "sort_column": ["last_modified_time"],
        "sort_order": ["D"],
        "organization_id": ["77"],
    }
    assert "%2B0000" in str(zoho.calls[-1].request.url)
    assert zoho_time(since) == "2026-06-09T13:46:21+0000"


@pytest.mark.parametrize("wrong", [{"page": 0}, {"per_page": 0}, {"per_page": 201}])
def test_facts_2_5_pages_start_at_one_and_hold_at_most_two_hundred(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="pages from 1"):
        ZohoListQuery(**wrong).params()


def test_a_document_other_than_the_one_asked_for_is_refused(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(zoho, "/invoices/1", invoice=an_invoice(2))
    with pytest.raises(ZohoUnreadable, match="another document"):
        books.invoices.get("1")


def test_an_unreadable_payment_on_an_invoice_is_not_silently_left_out(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(
        zoho,
        "/invoices/1/payments",
        payments=[{"payment_id": "1", "amount": 1}, {"payment_id": "2", "amount": "x"}],
    )
    with pytest.raises(ZohoUnreadable):
        books.invoices.payments("1")


def test_facts_4_5_an_error_instead_of_a_pdf_is_json(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(zoho, "/invoices/1")
    with pytest.raises(ZohoUnavailable, match="no PDF"):
        books.invoices.pdf("1")
    assert asked(zoho)["accept"] == ["pdf"]


def test_a_pdf_is_known_by_its_type_and_its_first_bytes(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    zoho.get(f"{API}/books/v3/invoices/1", body=b"%PDF-1.7 ...", content_type="application/pdf")
    assert books.invoices.pdf("1").content == b"%PDF-1.7 ..."
    zoho.get(f"{API}/books/v3/invoices/2", body=b"<html>", content_type="application/pdf")
    with pytest.raises(ZohoUnavailable):
        books.invoices.pdf("2")


def test_facts_2_1_billing_is_told_the_organisation_in_a_header(
    stores: Stores, zoho: responses.RequestsMock
) -> None:
    from_books = BooksClient(an_api_client(stores, BILLING))
    zoho.get(f"{API}/billing/v1/invoices/1", json={"code": 0, "invoice": an_invoice(1)})
    from_books.invoices.get("1")
    assert zoho.calls[-1].request.headers["X-com-zoho-subscriptions-organizationid"] == "77"
    assert asked(zoho) == {}


def test_an_answer_is_as_of_the_moment_zoho_names(books: BooksClient, zoho: responses.RequestsMock) -> None:
    body = json.dumps({"code": 0, "invoice": an_invoice(1)})
    zoho.get(f"{API}/books/v3/invoices/1", body=body, headers={"Date": "Tue, 09 Jun 2026 13:46:21 GMT"})
    assert books.invoices.get("1").as_of == dt.datetime(2026, 6, 9, 13, 46, 21, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ({"total": 0}, 0),
        ({"total": 20_412}, 20_412),
        ({}, None),
        ({"total": "20"}, None),
        ({"total": True}, None),
        ({"total": -1}, None),
    ],
)
def test_facts_2_5_the_number_of_invoices_is_asked_for_and_never_guessed(
    books: BooksClient, zoho: responses.RequestsMock, said: dict[str, Any], total: int | None
) -> None:
    says(zoho, "/invoices", invoices=[an_invoice(1)], page_context=CONTEXT | said)
    assert books.invoices.list_page(with_total=True).total == total
    assert asked(zoho)["response_option"] == ["1"]


def test_who_does_not_ask_for_the_number_sends_no_option(
    books: BooksClient, zoho: responses.RequestsMock
) -> None:
    says(zoho, "/invoices", invoices=[an_invoice(1)], page_context=CONTEXT)
    assert books.invoices.list_page().total is None
    assert "response_option" not in asked(zoho)
