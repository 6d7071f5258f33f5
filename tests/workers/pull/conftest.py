"""One organisation to pull: connected and not read yet, or read whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workers.pull.mirrored_house import Portal
from workers.job_setup import Resources


@pytest.fixture
def portal(desk: Resources, org: str, merchant: Any) -> Portal:
    return Portal(desk, org, merchant)


@pytest.fixture
def synced(portal: Portal) -> Portal:
    portal.pull(times=3)
    return portal
