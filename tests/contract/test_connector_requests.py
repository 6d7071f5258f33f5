"""Every request that the connectors can send is one that Zoho's files describe, or a deviation with its
reason.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from connectors.zoho.api.operation import Operation
from connectors.zoho.billing.operations import BILLING_OPERATIONS, LIST_ORGANIZATIONS
from connectors.zoho.books.operations import BOOKS_OPERATIONS
from tests.contract.checker import Finding
from tests.contract.deviation import undeclared
from tests.contract.deviations import DEVIATIONS
from tests.contract.exchange import Exchange
from tests.contract.products import PREFIXES, Products
from tests.contract.shapes import document_of

OPERATIONS = [("books", item) for item in BOOKS_OPERATIONS] + [
    ("billing", item) for item in BILLING_OPERATIONS
]
NOT_IN_THE_FILES = {LIST_ORGANIZATIONS}
"""Documented elsewhere (zoho.md 8): the table of deviations has its line."""


def test_no_request_departs_from_zohos_files_without_a_reason(request_findings: set[Finding]) -> None:
    assert undeclared(request_findings, DEVIATIONS) == []


@pytest.mark.parametrize(
    ("product", "operation"),
    OPERATIONS,
    ids=lambda one: one if isinstance(one, str) else f"{one.method} {one.path}",
)
def test_every_operation_was_sent_and_is_covered_by_the_scope_that_zohos_file_names(
    product: str, operation: Operation, checker: Products, connector_exchanges: list[Exchange]
) -> None:
    if operation in NOT_IN_THE_FILES:
        assert f"/{product}/v1{operation.path}" in {
            urlsplit(exchange.request.url or "").path for exchange in connector_exchanges
        }
        return
    sent = {checker.operation_of(exchange.request) for exchange in connector_exchanges}
    assert f"{PREFIXES[product]}{operation.method} {operation.path}" in sent
    assert (
        document_of(product)["paths"][operation.path][operation.method.lower()]["x-scope"] == operation.scope
    )


def test_zoho_accepted_every_request(connector_exchanges: list[Exchange]) -> None:
    refused = [
        (exchange.request.method, exchange.request.path_url)
        for exchange in connector_exchanges
        if not exchange.answer.ok
    ]
    assert refused == []
