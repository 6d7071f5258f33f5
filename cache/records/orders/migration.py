"""Orders of the release before, rewritten to the names of this one. For one release only.

Safe to run twice, by two processes, and beside everything else: each order is rewritten in one script, and
the mark that all are done is set last.
"""

from __future__ import annotations

from redis import Redis

from cache.lua import load_script
from cache.records.orders import keys as order_keys

MIGRATE = load_script(__package__, "migrate")
AT_ONCE = 500
LOOK_AGAIN_AFTER = 3600
"""Seconds. A process of the release before may still have been writing while this one looked."""


def migrate_orders(records: Redis) -> int:
    """How many orders were rewritten; 0 at once when this was done within the hour."""
    if records.exists(order_keys.migrated()):
        return 0
    migrate, rewritten = records.register_script(MIGRATE), 0
    for key in records.scan_iter(match=order_keys.every_order(), count=AT_ONCE, _type="HASH"):
        rewritten += int(migrate(keys=[key]))
    records.set(order_keys.migrated(), "1", ex=LOOK_AGAIN_AFTER)
    return rewritten
