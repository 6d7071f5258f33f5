"""The tier of a test, by what it needs to run: unit, redis, sandbox or browser (markers of setup.cfg).

It follows from the fixtures that the test asks for, directly or through others, so no test has to name its
own. ./dev test --quick runs the tier unit.
"""

from __future__ import annotations

from collections.abc import Collection

FIXTURES = {
    "browser": {"chromium"},
    "sandbox": {"sandbox_server"},
    "redis": {"redis_pair"},
}
"""Tier to the fixtures that only this tier has; a test that needs several belongs to the first."""

PROCESSES = {"bench", "contract", "crash", "development", "every_page", "journeys", "sandbox"}
"""Folders of tests/ whose tests start processes by other means than those fixtures."""


def tier_of(fixtures: Collection[str], folder: str) -> str:
    """The tier of a test. fixtures: the names of all it needs; folder: its folder, directly under tests/."""
    for tier, marks in FIXTURES.items():
        if marks.intersection(fixtures):
            return tier
    return "sandbox" if folder in PROCESSES else "unit"
