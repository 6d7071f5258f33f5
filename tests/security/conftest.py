"""A portal and its people, as in tests/gateway."""

from tests.gateway.conftest import app, nora, otto, seed, visitor, wiring

__all__ = ["app", "nora", "otto", "seed", "visitor", "wiring"]
