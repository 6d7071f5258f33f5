"""A portal and its people, as in tests/gateway; and two merchants' houses beside each other."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.gateway.conftest import app, nora, otto, seed, visitor, wiring
from tests.security.two_houses import TwoHouses

__all__ = ["app", "nora", "otto", "seed", "visitor", "wiring"]


@pytest.fixture
def houses(app: Flask) -> TwoHouses:
    return TwoHouses(app)
