"""The checker on Zoho Billing: its own header, its own names, its own files, kept apart from those of
Books.
"""

from __future__ import annotations

from typing import Any

import pytest
from requests import PreparedRequest, Response

from tests.contract.checker import Finding
from tests.contract.exchange import Exchange
from tests.contract.made_up import TOKEN, answered
from tests.contract.made_up import asked as asked_anywhere
from tests.contract.products import Products, of_the_products

BILLING = "https://www.zohoapis.com/billing/v1"
ORG = {"X-com-zoho-subscriptions-organizationid": "600123"}
PAGE_BODY = {"invoice_id": "90300000079311", "redirect_url": "https://portal.example/back"}


def asked(method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> PreparedRequest:
    return asked_anywhere(method, path, body, {**TOKEN, **ORG} if headers is None else headers, base=BILLING)


@pytest.fixture(scope="module")
def checker() -> Products:
    return Products()


RIGHT_REQUESTS = [
    asked("GET", "/subscriptions?filter_by=SubscriptionStatus.LIVE"),
    asked("GET", "/subscriptions/90300000079200"),
    asked("GET", "/customers/903000000000099/bankaccounts/90300000079126"),
    asked("GET", "/hostedpages/8c589071e7e26a8d28e8af081c373fb00bd6dc5366fd129eefd5c61c569da526"),
    asked("POST", "/hostedpages/invoicepayment", PAGE_BODY),
    asked("POST", "/hostedpages/updatecard", {"subscription_id": "90300000079200"}),
    asked("GET", "/events"),
]


@pytest.mark.parametrize("request_", RIGHT_REQUESTS, ids=lambda one: f"{one.method} {one.path_url}")
def test_a_request_as_zoho_describes_it_passes(checker: Products, request_: PreparedRequest) -> None:
    assert checker.check_request(request_) == set()


@pytest.mark.parametrize(
    ("request_", "place", "what"),
    [
        (asked("GET", "/estimates"), "path", "unknown"),
        (asked("POST", "/hostedpages/addpaymentmethod", {"customer_id": "5"}), "path", "unknown"),
        (asked("POST", "/invoices/90300000079311/collect", {"card_id": "1"}), "path", "unknown"),
        (asked("GET", "/subscriptions?organization_id=600123"), "?organization_id", "unknown"),
        (
            asked("GET", "/subscriptions", headers=TOKEN),
            "?X-com-zoho-subscriptions-organizationid",
            "missing",
        ),
        (
            asked("GET", "/events", headers={**ORG, "Authorization": "Bearer 1"}),
            "Authorization",
            "in another form",
        ),
        (
            asked("POST", "/hostedpages/invoicepayment", {"redirect_url": "https://portal.example"}),
            "invoice_id",
            "missing",
        ),
        (asked("POST", "/hostedpages/invoicepayment", {**PAGE_BODY, "amount": 5}), "amount", "unknown"),
        (
            asked("POST", "/hostedpages/updatecard", {"subscription_id": 90300000079200}),
            "subscription_id",
            "is number",
        ),
        (asked("GET", "/customers/5/cards?page=1"), "?page", "unknown"),
    ],
)
def test_a_mistake_in_a_request_is_caught(
    checker: Products, request_: PreparedRequest, place: str, what: str
) -> None:
    assert [(item.side, item.place, item.what) for item in checker.check_request(request_)] == [
        ("request", place, what)
    ]


ROW = {
    "subscription_id": "90300000079200",
    "customer_id": "903000000000099",
    "status": "live",
    "amount": 59,
    "auto_collect": True,
}
LIST, PAGE = asked("GET", "/subscriptions"), asked("POST", "/hostedpages/invoicepayment", PAGE_BODY)


def test_an_answer_as_zoho_describes_it_passes(checker: Products) -> None:
    assert (
        checker.check_answer(LIST, answered({"code": 0, "message": "success", "subscriptions": [ROW]}))
        == set()
    )
    page = {"hostedpage_id": "8c58", "url": "https://billing.zoho.com/hostedpage/8c58/checkout"}
    assert (
        checker.check_answer(PAGE, answered({"code": 0, "message": "", "hostedpage": page}, status=201))
        == set()
    )


@pytest.mark.parametrize(
    ("request_", "answer", "place", "what"),
    [
        (LIST, answered({"code": 0, "subscription": []}), "subscription", "unknown"),
        (
            LIST,
            answered({"code": 0, "subscriptions": [{**ROW, "plan_code": "care"}]}),
            "subscriptions[].plan_code",
            "unknown",
        ),
        (
            LIST,
            answered({"code": 0, "subscriptions": [{**ROW, "interval": 1}]}),
            "subscriptions[].interval",
            "is number",
        ),
        (
            LIST,
            answered({"code": 0, "subscriptions": [{**ROW, "expires_at": None}]}),
            "subscriptions[].expires_at",
            "is null",
        ),
        (PAGE, answered({"code": 0, "hostedpage": {}}), "status", "is 200"),
        (
            PAGE,
            answered({"code": 0, "hostedpage": {"page_id": "1"}}, status=201),
            "hostedpage.page_id",
            "unknown",
        ),
        (
            asked("GET", "/customers/5/cards"),
            answered({"code": 0, "cards": [{"card_number": "4111"}]}),
            "cards[].card_number",
            "unknown",
        ),
        (
            asked("GET", "/events/1"),
            answered({"code": 0, "event": {"payload": {}}}),
            "event.payload",
            "is object",
        ),
        (LIST, answered({"error": "no"}, status=401), "body", "is no refusal"),
    ],
)
def test_a_mistake_in_an_answer_is_caught(
    checker: Products, request_: PreparedRequest, answer: Response, place: str, what: str
) -> None:
    found = checker.check_answer(request_, answer)
    assert {(item.side, item.place, item.what) for item in found} == {("answer", place, what)}
    assert all(item.operation.startswith("billing ") for item in found)


def test_what_is_an_invoice_in_books_is_none_in_billing(checker: Products) -> None:
    """Both have GET /invoices/{id}: an answer in the other product's names must not pass."""
    books = {
        "code": 0,
        "message": "",
        "invoice": {"invoice_id": "7", "invoice_number": "INV-7", "date": "2026-11-02"},
    }
    billing = {
        "code": 0,
        "message": "",
        "invoice": {"invoice_id": "7", "number": "INV-7", "invoice_date": "2026-11-02"},
    }
    in_books, in_billing = asked_anywhere("GET", "/invoices/7?organization_id=1"), asked("GET", "/invoices/7")
    assert (
        checker.check_answer(in_books, answered(books))
        == checker.check_answer(in_billing, answered(billing))
        == set()
    )
    assert Finding(
        "answer", "billing GET /invoices/{invoice_id}", "invoice.invoice_number", "unknown"
    ) in checker.check_answer(in_billing, answered(books))
    assert Finding(
        "answer", "GET /invoices/{invoice_id}", "invoice.number", "unknown"
    ) in checker.check_answer(in_books, answered(billing))


def test_only_exchanges_with_one_of_the_two_products_are_looked_at() -> None:
    control = asked_anywhere("GET", "/_sandbox/calls", base="http://127.0.0.1:1")
    found = of_the_products([Exchange(LIST, answered({})), Exchange(control, answered({}))])
    assert [item.request for item in found] == [LIST]
