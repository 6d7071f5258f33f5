"""Ids enter addresses in one place, and only as digits."""

from __future__ import annotations

import pytest

from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.api.scopes import scopes_to_request
from connectors.zoho.billing.operations import BILLING_OPERATIONS
from connectors.zoho.books.operations import BOOKS_OPERATIONS, GET_ESTIMATE, LIST_ESTIMATES, UPSERT_PAYMENT


@pytest.mark.parametrize(
    "wrong", ["", " ", "abc", "1/status/accepted", "1?x=2", "..", "１", "-1", "9" * 26, None, 7]
)
def test_facts_9_18_what_is_no_id_never_becomes_an_address(wrong: object) -> None:
    with pytest.raises(NotAZohoId):
        GET_ESTIMATE.at(wrong)  # type: ignore[arg-type]


def test_facts_9_18_no_operation_with_an_id_can_lose_it() -> None:
    for operation in BOOKS_OPERATIONS:
        if "{" in operation.path:
            with pytest.raises(NotAZohoId):
                operation.at()


def test_facts_9_18_no_write_goes_to_a_list() -> None:
    """PUT and DELETE on a list change everything in it. A POST there makes one new record, and carries no id
    that could be empty.

    An upsert names its one record in headers, which the client never leaves out (tests of customer payments).
    """
    named_by_its_path = [operation for operation in BOOKS_OPERATIONS if operation is not UPSERT_PAYMENT]
    assert all(
        "{" in operation.path for operation in named_by_its_path if operation.method in ("PUT", "DELETE")
    )


def test_an_id_stands_where_the_document_says() -> None:
    assert GET_ESTIMATE.at("9007199254740993001").path == "/estimates/9007199254740993001"
    assert LIST_ESTIMATES.at().label == "GET /estimates"


def test_every_operation_is_covered_by_what_the_consent_asks_for() -> None:
    operations = (*BOOKS_OPERATIONS, *BILLING_OPERATIONS)
    assert {operation.scope for operation in operations} == set(
        scopes_to_request(uses_billing=True, makes_payment_links=True)
    )


def test_facts_1_6_a_change_of_status_is_a_create() -> None:
    changes = [operation for operation in BOOKS_OPERATIONS if "/status/" in operation.path]
    assert changes
    assert all(operation.scope.endswith(".CREATE") for operation in changes)
