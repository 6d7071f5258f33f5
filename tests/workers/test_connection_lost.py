"""A merchant whose connection Zoho has ended gets one letter for it, whoever found it out; one who ended it
gets none.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cache.records.connection import ConnectionState
from cache.records.letters import Letter
from cache.records.merchants import Merchant
from workers.connection_lost import tell_connection_lost
from workers.job_setup import Resources
from workers.letters.send_letter import send_letter
from workers.pull.organisation import pull_organisation


@pytest.fixture
def ada(desk: Resources, org: str) -> Merchant:
    ada = Merchant(
        id="us-ada",
        zoho_user_id="1",
        dc="us",
        name="Ada Okafor",
        email="ada@harbourlight.example",
        orgs=(org,),
    )
    desk.merchants.save(ada)
    return ada


def letters(desk: Resources, org: str) -> list[Letter]:
    return [one for one in desk.letters.recent(org, 50) if one.kind == "connection_lost"]


def test_the_sync_that_finds_it_out_tells_the_merchant_once(
    desk: Resources, org: str, ada: Merchant, merchant: Any
) -> None:
    pull_organisation(org, desk)
    assert letters(desk, org) == []
    merchant.revokes()
    desk.redis.records.delete(*desk.redis.records.keys("o:*:token*"))
    pull_organisation(org, desk)
    pull_organisation(org, desk)
    (written,) = letters(desk, org)
    send_letter(written.id, desk)
    (letter,) = letters(desk, org)
    assert letter.to == ada.email and "Harbour Light Studio" in letter.subject and "Ada Okafor" in letter.text
    assert f"{desk.settings.portal_url}/merchant" in letter.text


def test_it_is_told_too_when_a_page_found_it_out(desk: Resources, org: str, ada: Merchant) -> None:
    desk.connections.mark(org, ConnectionState.RECONNECT_NEEDED, why="a page met it")
    pull_organisation(org, desk)
    assert len(letters(desk, org)) == 1


def test_after_connecting_again_another_loss_is_another_letter(
    desk: Resources, org: str, ada: Merchant
) -> None:
    connection = desk.connections.get(org)
    assert connection is not None
    for token in ("one", "another"):
        desk.connections.save(
            dataclasses.replace(connection, state=ConnectionState.CONNECTED), refresh_token=token
        )
        desk.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
        tell_connection_lost(desk, connection)
        tell_connection_lost(desk, connection)
    assert len(letters(desk, org)) == 2


def test_every_merchant_of_the_organisation_is_told_and_nobody_else(
    desk: Resources, org: str, ada: Merchant
) -> None:
    desk.merchants.save(dataclasses.replace(ada, id="us-ben", email="ben@harbourlight.example"))
    desk.merchants.save(
        dataclasses.replace(ada, id="us-eve", email="eve@elsewhere.example", orgs=("us-other",))
    )
    desk.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
    pull_organisation(org, desk)
    assert {letter.to for letter in letters(desk, org)} == {
        "ada@harbourlight.example",
        "ben@harbourlight.example",
    }


def test_who_disconnects_gets_no_letter(desk: Resources, org: str, ada: Merchant) -> None:
    connection = desk.connections.get(org)
    assert connection is not None
    desk.zoho.disconnect(org)
    pull_organisation(org, desk)
    tell_connection_lost(desk, connection)
    assert letters(desk, org) == []
