"""What ./dev audit makes of an answer, of half a one, and of none: never "all is well" when nobody could be
asked.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from development import auditing
from development.auditing import Audit, audit, read, summary

CLEAN: dict[str, Any] = {"name": "flask", "version": "3.1.0", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "jinja2",
    "version": "3.0.0",
    "vulns": [{"id": "CVE-2026-1", "fix_versions": ["3.1.9"], "aliases": []}],
}
SKIPPED: dict[str, Any] = {
    "name": "redis",
    "skip_reason": "Dependency not found on PyPI and could not be audited: redis (7.0.0)",
}


def answer(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


@pytest.mark.parametrize(
    "nothing", ["", "no network", "[]", "{}", "null", answer(), answer(SKIPPED), answer(SKIPPED, SKIPPED)]
)
def test_where_nobody_could_be_asked_it_says_so(nothing: str) -> None:
    found = read(nothing)
    assert found.looked_up == 0 and found.weaknesses == []
    assert "NOT AUDITED" in summary("runtime", found) and "no network" in summary("runtime", found)


def test_a_weakness_is_told_with_what_puts_it_right() -> None:
    found = read(answer(CLEAN, WEAK, SKIPPED))
    assert found == Audit(2, ["redis"], ["jinja2 3.0.0: CVE-2026-1; put right in: 3.1.9"])
    assert "2 packages looked up, 1 known weaknesses; not looked up: redis" in summary("runtime", found)


@pytest.mark.parametrize(
    ("said", "must", "status"),
    [
        (answer(CLEAN), False, 0),
        (answer(CLEAN), True, 0),
        (answer(CLEAN, WEAK), False, 1),
        (answer(CLEAN, SKIPPED), False, 0),
        (answer(CLEAN, SKIPPED), True, 2),
        ("", False, 0),
        ("", True, 2),
    ],
)
def test_the_exit_status(monkeypatch: pytest.MonkeyPatch, said: str, must: bool, status: int) -> None:
    monkeypatch.setattr(auditing, "ensure_environment", lambda _: None)
    monkeypatch.setattr(auditing, "_ask", lambda _: said)
    assert audit(must=must) == status
