"""The table of deviations is short of nothing, holds nothing idle, and names its reasons."""

from __future__ import annotations

import re

import pytest

from tests.contract.checker import Finding
from tests.contract.deviation import Deviation, undeclared, unused
from tests.contract.deviations import DEVIATIONS


def test_every_deviation_is_needed(answer_findings: set[Finding], request_findings: set[Finding]) -> None:
    assert unused(answer_findings | request_findings, DEVIATIONS) == []


@pytest.mark.parametrize("entry", DEVIATIONS, ids=lambda one: f"{one.side} {one.fact}")
def test_every_deviation_names_the_line_that_justifies_it(entry: Deviation) -> None:
    assert re.match(r"zoho\.md \d+(\.\d+)?: \S", entry.fact)
    assert entry.operations and entry.places and entry.side in ("request", "answer")


ENTRY = Deviation(
    side="answer",
    operations=("GET /estimates",),
    places=("estimates[].*_formatted",),
    what="unknown",
    fact="zoho.md 2.4: copies",
)


@pytest.mark.parametrize(
    "finding",
    [
        Finding("request", "GET /estimates", "estimates[].total_formatted", "unknown"),
        Finding("answer", "GET /invoices", "estimates[].total_formatted", "unknown"),
        Finding("answer", "GET /estimates", "estimates[].total", "unknown"),
        Finding("answer", "GET /estimates", "estimates[].total_formatted", "is number"),
    ],
)
def test_a_deviation_covers_nothing_but_what_it_names(finding: Finding) -> None:
    assert undeclared([finding], [ENTRY]) == [str(finding)]
    assert len(unused([finding], [ENTRY])) == 1


def test_a_deviation_covers_what_it_names() -> None:
    finding = Finding("answer", "GET /estimates", "estimates[].total_formatted", "unknown")
    assert undeclared([finding], [ENTRY]) == []
    assert unused([finding], [ENTRY]) == []
