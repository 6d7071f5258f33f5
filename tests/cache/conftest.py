"""Every script that the tests of this folder run is held to the keys that it declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from redis import Redis
from redis.client import Pipeline
from redis.commands.core import Script

from tests.cache.restricted_scripts import run_restricted


@pytest.fixture(autouse=True)
def scripts_touch_only_what_they_declare(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Script.__call__

    def call(
        script: Script, keys: Sequence[str] = (), args: Sequence[Any] = (), client: Redis | None = None
    ) -> Any:
        used = script.registered_client if client is None else client
        if isinstance(used, Pipeline):
            return plain(script, keys=keys, args=args, client=client)
        return run_restricted(script, list(keys), list(args), used)

    monkeypatch.setattr(Script, "__call__", call)
