"""A running copy of its own, beside the journeys', and the routes it has."""

from __future__ import annotations

import pytest
from flask import Flask

from config.settings import Settings
from gateway.app import create_app
from tests.journeys.conftest import open_page, product

__all__ = ["open_page", "product"]


@pytest.fixture
def routes(settings: Settings) -> Flask:
    """The application, for its map of routes only: the pages come from the running copy."""
    return create_app(settings)
