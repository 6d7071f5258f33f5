"""Somebody who looks is noted with the store's time."""

from __future__ import annotations

import datetime as dt

from cache.records.sync.presence import Presence
from cache.stores import Stores


def test_a_view_tells_when_the_one_before_was(stores: Stores) -> None:
    presence = Presence(stores.records)
    assert presence.last_seen("us-1") is None
    assert presence.note("us-1") is None
    first = presence.last_seen("us-1")
    assert first is not None and abs(dt.datetime.now(dt.UTC) - first) < dt.timedelta(minutes=1)
    assert presence.note("us-1") == first
    assert presence.last_seen("us-2") is None
