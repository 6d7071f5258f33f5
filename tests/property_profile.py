"""How the property tests run: no property is judged by how long it took, nor by how long an example took to
think of, as the machines are noisy and shared.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("foyer", deadline=None, suppress_health_check=[HealthCheck.too_slow])


def load() -> None:
    """Make these settings the default of every property that is defined from now on."""
    settings.load_profile("foyer")
