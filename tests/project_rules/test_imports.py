"""Imports point down only, each package is spoken to in its home, and nothing goes in a circle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project_rules.import_rules import import_circle, import_faults, imports_of, module_name
from tests.project_rules.project_files import BESIDE_THE_PRODUCT, PRODUCT, python_files, text_of

MODULES = frozenset(module_name(path) for path in python_files())


@pytest.mark.parametrize("path", python_files(), ids=str)
def test_imports_point_down_and_stay_at_home(path: Path) -> None:
    assert import_faults(path, text_of(path), MODULES) == []


def test_nothing_imports_in_a_circle() -> None:
    assert import_circle({path: text_of(path) for path in python_files(*PRODUCT, *BESIDE_THE_PRODUCT)}) == []


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("cache/keys.py", "import connectors.zoho.api.errors", "cache stands below connectors"),
        ("workers/clock.py", "from gateway.app import create_app", "workers stands below gateway"),
        ("config/settings.py", "import redis", "belongs in cache"),
        ("workers/clock.py", "from redis.exceptions import ConnectionError", "belongs in cache"),
        ("gateway/app.py", "import requests", "belongs in connectors"),
        (
            "workers/start.py",
            "from authlib.integrations.requests_client import OAuth2Session",
            "belongs in connectors",
        ),
        ("gateway/app.py", "from rq import Queue", "belongs in workers"),
        (
            "connectors/zoho/oauth/authorization_code.py",
            "from flask import session",
            "belongs in gateway and sandbox",
        ),
        ("cache/keys.py", "from marshmallow import Schema", "belongs in connectors and gateway"),
        ("workers/mail.py", "import urllib.request", "belongs in connectors"),
        ("gateway/app.py", "from workers.start import main", "workers.queues and workers.services alone"),
        ("gateway/app.py", "from workers.push import deliver", "workers.queues and workers.services alone"),
        ("sandbox/books.py", "from config.settings import Settings", "sandbox imports nothing of ours"),
        ("connectors/zoho/oauth/authorization_code.py", "import sandbox", "the product never does"),
        ("gateway/app.py", "import tests.conftest", "the product never does"),
        ("workers/start.py", "import development.redis_server", "the product never does"),
        ("development/redis_server.py", "import requests", "standard library only"),
        ("development/redis_server.py", "import config.settings", "development imports nothing of ours"),
        ("dev", "from gateway.app import create_app", "imports only development"),
        ("tests/gateway/test_pages.py", "import sandbox.books", "started and spoken to over HTTP"),
        ("gateway/app.py", "def late():\n    import json", "inside a function"),
        (
            "gateway/app.py",
            "class A:\n    def late(self):\n        if True:\n            import rq",
            "belongs in workers",
        ),
        (
            "cache/keys.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import gateway.app",
            "cache stands below gateway",
        ),
        ("cache/keys.py", "import importlib\nimportlib.import_module('rq')", "a name made at run time"),
    ],
)
def test_the_rule_catches(path: str, source: str, expected: str) -> None:
    assert any(expected in fault for fault in import_faults(Path(path), source, MODULES))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("gateway/app.py", "from workers.queues import JobQueue"),
        ("gateway/app.py", "from flask import Flask\nfrom connectors.zoho.clients import ZohoClients"),
        ("cache/keys.py", "import redis\nfrom config.settings import Settings\nimport urllib.parse"),
        ("sandbox/books.py", "from flask import Flask\nfrom . import seed"),
        ("tests/sandbox/test_books.py", "import sandbox.books"),
    ],
)
def test_the_rule_lets_the_right_way_pass(path: str, source: str) -> None:
    assert import_faults(Path(path), source, MODULES) == []


def test_of_a_module_and_of_a_name_in_it_the_module_is_meant() -> None:
    modules = {"workers.queues", "workers.push"}
    assert [
        one.name for one in imports_of(Path("gateway/app.py"), "from workers import queues", modules)
    ] == ["workers.queues"]
    assert [
        one.name
        for one in imports_of(Path("workers/push/deliver.py"), "from ..queues import JobQueue", modules)
    ] == ["workers.queues"]


def test_a_circle_is_found() -> None:
    sources = {
        Path("cache/a.py"): "import cache.b",
        Path("cache/b.py"): "from cache import c",
        Path("cache/c.py"): "from . import a",
    }
    assert set(import_circle(sources)) == {"cache.a", "cache.b", "cache.c"}
