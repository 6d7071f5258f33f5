"""The tier of a test follows from what it needs."""

from __future__ import annotations

import pytest

from tests.tiers import tier_of


@pytest.mark.parametrize(
    ("fixtures", "folder", "tier"),
    [
        ((), "config", "unit"),
        (("tmp_path", "monkeypatch"), "gateway", "unit"),
        (("stores", "settings", "redis_pair"), "cache", "redis"),
        (("redis_pair", "sandbox", "sandbox_server"), "workers", "sandbox"),
        (("chromium", "redis_pair", "sandbox_server"), "journeys", "browser"),
        ((), "crash", "sandbox"),
    ],
)
def test_a_test_belongs_to_the_tier_of_its_most_costly_need(
    fixtures: tuple[str, ...], folder: str, tier: str
) -> None:
    assert tier_of(fixtures, folder) == tier


def test_a_test_that_asks_for_redis_is_marked(request: pytest.FixtureRequest, redis_pair: object) -> None:
    assert request.node.get_closest_marker("redis")
    assert not request.node.get_closest_marker("unit")
