"""The organisation's activity: on a page, to take away, and still there after the connection was ended."""

from __future__ import annotations

import csv
import dataclasses
import io

from cache.records.connection import ConnectionState
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.seeding import ORG
from tests.gateway.test_client_list import ada as ada

PAGE = f"/merchant/{ORG}/activity"


def test_activity_is_shown_and_taken_away_also_after_disconnecting(ada: Browser, wiring: Wiring) -> None:
    wiring.activity.append(ORG, "merchant-1", "settings_saved", {"merchant": "=1+1", "Banner": "on"})
    connection = wiring.connections.get(ORG)
    assert connection is not None
    wiring.connections.save(dataclasses.replace(connection, state=ConnectionState.DISCONNECTED), refresh_token="none")
    ada.get(PAGE)
    assert "Settings saved" in ada.text and "Banner: on" in ada.text
    ada.get(f"{PAGE}.csv")
    rows = list(csv.DictReader(io.StringIO(ada.answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0]["event"] == "settings_saved" and rows[0]["number"] == "1" and "Banner: on" in rows[0]["details"]
    assert f"activity-{ORG}.csv" in ada.answer.headers["Content-Disposition"]
