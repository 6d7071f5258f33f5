"""Which Redis is used: the one that is named, else one on PATH, else the one that came with the packages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from development import redis_server
from development.places import Places
from development.plain_failure import PlainFailure
from development.plans import redis_plans
from development.redis_server import find_binary
from tests.conftest import RedisServer

ENVIRONMENT = Path(sys.prefix)


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def a_program(folder: Path, name: str) -> Path:
    program = folder / name
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    return program


def test_redis_on_path_comes_before_valkey_on_path_before_the_bundled_one(empty_path: Path) -> None:
    bundled = find_binary(ENVIRONMENT)
    assert bundled is not None
    assert bundled.is_relative_to(ENVIRONMENT)
    valkey = a_program(empty_path, "valkey-server")
    assert find_binary(ENVIRONMENT) == valkey
    redis = a_program(empty_path, "redis-server")
    assert find_binary(ENVIRONMENT) == redis


def test_without_any_the_three_places_and_the_package_are_named(
    empty_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("development.plans.VIRTUAL_ENVIRONMENT", tmp_path / "no environment")
    with pytest.raises(
        PlainFailure,
        match=r"neither \$REDIS_URL, nor redis-server or valkey-server on PATH, nor the bundled Valkey",
    ):
        redis_plans(Places(12_000), {})


def test_one_that_is_named_is_used_and_only_the_other_one_started(
    redis_pair: tuple[RedisServer, RedisServer],
) -> None:
    given = redis_pair[0].url
    plans, records, copies = redis_plans(Places(12_000), {"REDIS_URL": given})
    assert (records, copies) == (given, "redis://127.0.0.1:12002/0")
    assert [plan.name for plan in plans] == ["copies"]
    assert redis_plans(Places(12_000), {"REDIS_URL": given, "CACHE_REDIS_URL": redis_pair[1].url})[0] == []


def test_records_are_written_to_disk_before_they_are_answered_and_never_evicted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("development.places.ROOT", tmp_path)
    records, copies = redis_plans(Places(12_000), {"REDIS_URL": ""})[0]
    output = " ".join(records.command)
    assert "--appendonly yes --appendfsync always --maxmemory-policy noeviction" in output
    assert f"--dir {tmp_path}/var/12000/records" in output
    assert "--maxmemory-policy allkeys-lru" in " ".join(copies.command)
    assert redis_server.RECORDS_OPTIONS != redis_server.COPIES_OPTIONS
