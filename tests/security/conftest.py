"""A portal and its people, as in tests/gateway; and two merchants' houses beside each other."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.gateway.conftest import app, nora, otto, seed, services, visitor
from tests.security.two_organisations import TwoOrganisations

__all__ = ["app", "nora", "otto", "seed", "services", "visitor"]


@pytest.fixture
def organisations(app: Flask) -> TwoOrganisations:
    return TwoOrganisations(app)
