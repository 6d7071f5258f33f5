"""One organisation to pull: connected and not read yet, or read whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workers.pull.mirrored_organisation import MirroredOrganisation
from workers.services import Services


@pytest.fixture
def portal(services: Services, org: str, merchant: Any) -> MirroredOrganisation:
    return MirroredOrganisation(services, org, merchant)


@pytest.fixture
def synced(portal: MirroredOrganisation) -> MirroredOrganisation:
    portal.pull(times=3)
    return portal
