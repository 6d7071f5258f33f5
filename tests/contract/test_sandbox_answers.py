"""Every answer that the sandbox can give is one that Zoho's files describe, or a deviation with its
reason.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contract.checker import Finding
from tests.contract.deviation import undeclared
from tests.contract.deviations import DEVIATIONS
from tests.contract.exchange import Exchange
from tests.contract.products import PREFIXES, Products
from tests.contract.shapes import document_of, operation_names
from tests.contract.value_formats import format_faults

VIEWS = Path(__file__).resolve().parents[2] / "sandbox"
ROUTE = re.compile(r'^@(?:books|billing)\.(get|post|put|delete)\("([^"]+)"\)', re.MULTILINE)
NOT_IN_THE_FILES = {"billing": {"GET /organizations"}, "books": set[str]()}
"""Documented elsewhere (zoho.md 8): the table of deviations has its line."""

OPERATIONS = [
    f"{prefix}{name}"
    for product, prefix in PREFIXES.items()
    for name in operation_names(document_of(product))
]


def test_no_answer_departs_from_zohos_files_without_a_reason(answer_findings: set[Finding]) -> None:
    assert undeclared(answer_findings, DEVIATIONS) == []


def test_ids_dates_and_times_are_written_as_zoho_writes_them(sandbox_exchanges: list[Exchange]) -> None:
    bodies = [
        exchange.answer.json()
        for exchange in sandbox_exchanges
        if "json" in exchange.answer.headers["Content-Type"]
    ]
    assert sorted({fault for body in bodies for fault in format_faults(body)}) == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_was_answered(
    operation: str, checker: Products, sandbox_exchanges: list[Exchange]
) -> None:
    answers = [
        exchange.answer.status_code
        for exchange in sandbox_exchanges
        if checker.operation_of(exchange.request) == operation
    ]
    assert any(status < 300 for status in answers), f"no success among {answers}"


def test_refusals_of_every_kind_were_among_them(sandbox_exchanges: list[Exchange]) -> None:
    assert {400, 401, 404, 429} <= {exchange.answer.status_code for exchange in sandbox_exchanges}


@pytest.mark.parametrize("product", PREFIXES)
def test_the_sandbox_serves_nothing_that_zohos_files_do_not_have(product: str) -> None:
    served = {
        f"{method.upper()} {path}"
        for file in (VIEWS / product).rglob("*.py")
        for method, path in ROUTE.findall(file.read_text(encoding="utf-8"))
    }
    known = {*operation_names(document_of(product)), *NOT_IN_THE_FILES[product]}
    assert {_nameless(item) for item in served} == {_nameless(item) for item in known}


def _nameless(operation: str) -> str:
    """Placeholders have other names in Flask than in Zoho's files."""
    return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", operation)


def test_a_text_written_otherwise_is_noticed() -> None:
    body = {
        "invoices": [
            {"invoice_id": 46, "due_date": "3 June", "created_time": "2026-06-09T09:46:21Z", "date": ""}
        ]
    }
    assert [fault.split()[0] for fault in format_faults(body)] == [
        "invoices[].invoice_id",
        "invoices[].due_date",
        "invoices[].created_time",
    ]
