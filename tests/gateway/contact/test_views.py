"""The merchant's contact details for clients: as Zoho has them, with their time, and mail as the merchant
allows.
"""

from __future__ import annotations

import dataclasses

import pytest

from cache.records.connections.connection import ConnectionState
from tests.gateway.browser import Browser
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services


@pytest.mark.parametrize("page", ["/contact", "/"])
def test_the_merchants_details_stand_there_with_their_time(nora: Browser, page: str) -> None:
    nora.get(page)
    for words in (
        "office@harbourlight.example",
        "+1 207 555 0199",
        "https://harbourlight.example",
        "7 Wharf Street",
    ):
        assert words in nora.text
    assert nora.page.find("time", datetime="2026-11-03T10:42:00+00:00")
    assert not nora.page.select_one(".is-stale")


def test_mail_is_a_link_only_where_the_merchant_allows(nora: Browser, seed: Seeding) -> None:
    nora.get("/contact")
    assert nora.page.find("a", href="mailto:office@harbourlight.example")
    seed.settings(shows_mail=False)
    nora.get("/contact")
    assert (
        not nora.page.find("a", href="mailto:office@harbourlight.example")
        and "office@harbourlight.example" in nora.text
    )


def test_without_a_connection_the_details_are_called_old(nora: Browser, services: Services) -> None:
    services.connections.mark(
        ORG, ConnectionState.RECONNECT_NEEDED, why="Zoho no longer accepts the connection"
    )
    nora.get("/contact")
    assert "office@harbourlight.example" in nora.text and nora.page.select_one(".is-stale")


def test_a_merchant_without_details_is_named(nora: Browser, services: Services) -> None:
    connection = services.connections.get(ORG)
    assert connection is not None
    empty = {name: "" for name in connection.profile if isinstance(connection.profile[name], str)}
    bare = dataclasses.replace(
        connection, profile={**connection.profile, **empty, "id": "600123", "address_lines": []}
    )
    services.connections.save(bare, refresh_token=None)
    nora.get("/contact")
    assert "Harbour Light Studio" in nora.text
