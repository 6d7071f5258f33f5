"""The state of one sandbox process, and how a request finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from sandbox.call_log import CallLog
from sandbox.faults import Faults
from sandbox.late_effects import LateEffects
from sandbox.limits import Limits
from sandbox.seed.build import SeedBox
from sandbox.webhooks import Webhooks
from sandbox.world import DataCentre, World

NAME = "zoho-sandbox"


@dataclass
class Runtime:
    """One process: the world, the seed to reset to, the log, the faults, the limits, and the URLs."""

    world: World
    seeds: SeedBox
    origins: dict[str, str]
    """Data-centre code → http://127.0.0.1:port, both its accounts server and its API host."""
    redirect_addresses: tuple[str, ...]
    calls: CallLog
    faults: Faults
    limits: Limits
    webhooks: Webhooks
    late: LateEffects = field(default_factory=LateEffects)

    def reset(self) -> None:
        """Reset to the seed: documents, tokens, log, faults, limits and clock."""
        self.late.clear()
        self.webhooks.clear()
        with self.world.lock:
            self.world.clock.offset = 0.0
            self.world.data_centres = self.seeds.fresh(self.world.clock)
            self.limits.clear()
            self.faults.clear()
            self.calls.clear()
            self.world.touch()


@dataclass(frozen=True)
class Place:
    """The data centre whose port received a request."""

    runtime: Runtime
    dc: str

    @property
    def world(self) -> World:
        return self.runtime.world

    @property
    def centre(self) -> DataCentre:
        return self.runtime.world.data_centres[self.dc]

    @property
    def origin(self) -> str:
        return self.runtime.origins[self.dc]


def place() -> Place:
    """The data centre of the current request."""
    return cast(Place, current_app.extensions[NAME])
