"""The checker itself: what Zoho's files allow passes, a deliberate mistake is caught and named."""

from __future__ import annotations

from typing import Any

import pytest
from requests import PreparedRequest, Response

from tests.contract.checker import Checker, Finding
from tests.contract.made_up import answered, asked
from tests.contract.shapes import document_of

ORG = "organization_id=600123"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(document_of("books"), {("GET /customerpayments", "customerpayments"): "customer_payments"})


RIGHT_REQUESTS = [
    asked("GET", f"/estimates?{ORG}&page=1&per_page=200&customer_id=460000000026049"),
    asked("GET", f"/estimates?{ORG}&customer_name_startswith=Bow"),
    asked("GET", f"/estimates/460000000026049?{ORG}&accept=pdf"),
    asked("POST", f"/estimates/460000000026049/status/accepted?{ORG}"),
    asked(
        "POST",
        f"/estimates/460000000026049/comments?{ORG}",
        {"description": "Yes", "show_comment_to_clients": True},
    ),
    asked(
        "PUT",
        f"/contacts/460000000026049?{ORG}",
        {"contact_name": "Bowman & Co", "billing_address": {"zip": "94588"}},
    ),
]


@pytest.mark.parametrize("request_", RIGHT_REQUESTS, ids=lambda one: f"{one.method} {one.path_url}")
def test_a_request_as_zoho_describes_it_passes(checker: Checker, request_: PreparedRequest) -> None:
    assert checker.check_request(request_) == set()


@pytest.mark.parametrize(
    ("request_", "place", "what"),
    [
        (asked("GET", f"/quotes?{ORG}"), "path", "unknown"),
        (asked("PUT", f"/estimates?{ORG}", {"notes": "all of them"}), "path", "unknown"),
        (asked("DELETE", f"/estimates/46?{ORG}"), "path", "unknown"),
        (asked("GET", f"/estimates?{ORG}&customerid=46"), "?customerid", "unknown"),
        (asked("GET", f"/estimates?{ORG}&page=first"), "?page", "of another type"),
        (asked("GET", "/estimates?page=1"), "?organization_id", "missing"),
        (asked("GET", f"/customerpayments/46?{ORG}&accept=html"), "?accept", "against enum ['json', 'pdf']"),
        (asked("POST", f"/estimates/46/status/declined?{ORG}", {"reason": "dear"}), "body", "unknown"),
        (asked("POST", f"/estimates/46/comments?{ORG}", {"text": "Yes"}), "text", "unknown"),
        (asked("POST", f"/estimates/46/comments?{ORG}", {"description": 5}), "description", "is number"),
        (
            asked("PUT", f"/contacts/46?{ORG}", {"contact_name": "B", "company_name": "B" * 201}),
            "company_name",
            "longer than 200",
        ),
        (asked("PUT", f"/contacts/46?{ORG}", {"notes": "x"}), "contact_name", "missing"),
        (
            asked("PUT", f"/contacts/46?{ORG}", {"contact_name": "B", "billing_address": {"zipcode": "1"}}),
            "billing_address.zipcode",
            "unknown",
        ),
        (asked("GET", f"/estimates?{ORG}", headers={}), "Authorization", "in another form"),
        (
            asked("GET", f"/estimates?{ORG}", headers={"Authorization": "Bearer 1"}),
            "Authorization",
            "in another form",
        ),
    ],
)
def test_a_mistake_in_a_request_is_caught(
    checker: Checker, request_: PreparedRequest, place: str, what: str
) -> None:
    assert [(item.side, item.place, item.what) for item in checker.check_request(request_)] == [
        ("request", place, what)
    ]


ROW = {"estimate_id": "460000000026049", "status": "sent", "total": 120.5, "date": "2026-11-02"}
LIST = asked("GET", f"/estimates?{ORG}")


def test_an_answer_as_zoho_describes_it_passes(checker: Checker) -> None:
    assert (
        checker.check_answer(LIST, answered({"code": 0, "message": "success", "estimates": [ROW, ROW]}))
        == set()
    )


@pytest.mark.parametrize(
    ("body", "place", "what"),
    [
        ({"code": 0, "quotes": []}, "quotes", "unknown"),
        ({"code": "0", "estimates": []}, "code", "is text"),
        ({"code": 0, "estimates": ROW}, "estimates", "is object"),
        ({"code": 0, "estimates": [ROW, {**ROW, "sum": 1}]}, "estimates[].sum", "unknown"),
        ({"code": 0, "estimates": [{**ROW, "total": "120.50"}]}, "estimates[].total", "is text"),
        ({"code": 0, "estimates": [{**ROW, "total": ""}]}, "estimates[].total", "is empty text"),
        ({"code": 0, "estimates": [{**ROW, "date": None}]}, "estimates[].date", "is null"),
        (
            {"code": 0, "estimates": [{**ROW, "estimate_id": 460000000026049}]},
            "estimates[].estimate_id",
            "is number",
        ),
    ],
)
def test_a_mistake_in_an_answer_is_caught(checker: Checker, body: Any, place: str, what: str) -> None:
    assert checker.check_answer(LIST, answered(body)) == {Finding("answer", "GET /estimates", place, what)}


def test_what_stands_in_an_object_that_the_file_calls_a_list_is_checked_too(checker: Checker) -> None:
    body = {"code": 0, "estimates": [], "page_context": {"page": "one", "sorted": True}}
    assert {(item.place, item.what) for item in checker.check_answer(LIST, answered(body))} == {
        ("page_context", "is object"),
        ("page_context.page", "is text"),
        ("page_context.sorted", "unknown"),
    }


def test_a_list_under_another_name_is_checked_as_the_list_it_is(checker: Checker) -> None:
    body = {"code": 0, "message": "", "customerpayments": [{"payment_id": "1", "amount": "ten"}]}
    found = checker.check_answer(asked("GET", f"/customerpayments?{ORG}"), answered(body))
    assert {(item.place, item.what) for item in found} == {
        ("customerpayments", "stands for customer_payments"),
        ("customer_payments[].amount", "is text"),
    }


@pytest.mark.parametrize(
    ("answer", "place", "what"),
    [
        (answered({"code": 0}, status=202), "status", "is 202"),
        (answered(b"%PDF-1.4", kind="application/pdf"), "body", "is application/pdf"),
        (answered({"code": 0, "message": "fine"}, status=404), "code", "does not refuse"),
        (answered({"error": "no"}, status=400), "body", "is no refusal"),
        (answered(b"<html>", status=500, kind="text/html"), "body", "is no JSON"),
    ],
)
def test_a_wrong_kind_of_answer_is_caught(checker: Checker, answer: Response, place: str, what: str) -> None:
    assert [(item.place, item.what) for item in checker.check_answer(LIST, answer)] == [(place, what)]


def test_a_refusal_in_zohos_envelope_passes(checker: Checker) -> None:
    assert (
        checker.check_answer(
            LIST, answered({"code": 1002, "message": "Resource does not exist."}, status=404)
        )
        == set()
    )


def test_what_stands_in_a_list_that_the_file_calls_an_object_is_checked_too(checker: Checker) -> None:
    body = {"code": 0, "creditnotes": [{"creditnote_id": "1"}, {"creditnote_id": "2", "sum": 5}]}
    found = checker.check_answer(asked("GET", f"/creditnotes?{ORG}"), answered(body))
    assert {(item.place, item.what) for item in found} == {
        ("creditnotes", "is list"),
        ("creditnotes[].sum", "unknown"),
    }


def test_a_file_that_zohos_file_describes_passes_and_another_kind_does_not(checker: Checker) -> None:
    fetched = asked("GET", f"/invoices/46/documents/47?{ORG}")
    assert checker.check_answer(fetched, answered(b"%PDF-1.4", kind="application/pdf")) == set()
    found = checker.check_answer(fetched, answered(b"GIF89a", kind="image/gif"))
    assert found == {
        Finding("answer", "GET /invoices/{invoice_id}/documents/{document_id}", "body", "is image/gif")
    }
