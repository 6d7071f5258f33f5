"""A merchant whose connection Zoho has ended gets one letter for it, whoever found it out; one who ended it
gets none.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cache.records.accounts.merchants import Merchant
from cache.records.connections.connection import ConnectionState
from cache.records.email.emails import Email
from workers.email.connection_lost import email_connection_lost
from workers.email.send_email import send_email
from workers.pull.organisation import pull_organisation
from workers.services import Services


@pytest.fixture
def ada(services: Services, org: str) -> Merchant:
    ada = Merchant(
        id="us-ada",
        zoho_user_id="1",
        dc="us",
        name="Ada Okafor",
        email="ada@harbourlight.example",
        orgs=(org,),
    )
    services.merchants.save(ada)
    return ada


def emails(services: Services, org: str) -> list[Email]:
    return [email for email in services.emails.recent(org, 50) if email.kind == "connection_lost"]


def test_the_sync_that_finds_it_out_tells_the_merchant_once(
    services: Services, org: str, ada: Merchant, merchant: Any
) -> None:
    pull_organisation(org, services)
    assert emails(services, org) == []
    merchant.revokes()
    services.stores.records.delete(*services.stores.records.keys("o:*:token*"))
    pull_organisation(org, services)
    pull_organisation(org, services)
    (written,) = emails(services, org)
    send_email(written.id, services)
    (email,) = emails(services, org)
    assert email.to == ada.email and "Harbour Light Studio" in email.subject and "Ada Okafor" in email.text
    assert f"{services.settings.portal_url}/merchant" in email.text


def test_it_is_told_too_when_a_page_found_it_out(services: Services, org: str, ada: Merchant) -> None:
    services.connections.mark(org, ConnectionState.RECONNECT_NEEDED, why="a page met it")
    pull_organisation(org, services)
    assert len(emails(services, org)) == 1


def test_after_connecting_again_another_loss_is_another_letter(
    services: Services, org: str, ada: Merchant
) -> None:
    connection = services.connections.get(org)
    assert connection is not None
    for token in ("one", "another"):
        services.connections.save(
            dataclasses.replace(connection, state=ConnectionState.CONNECTED), refresh_token=token
        )
        services.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
        email_connection_lost(services, connection)
        email_connection_lost(services, connection)
    assert len(emails(services, org)) == 2


def test_every_merchant_of_the_organisation_is_told_and_nobody_else(
    services: Services, org: str, ada: Merchant
) -> None:
    services.merchants.save(dataclasses.replace(ada, id="us-ben", email="ben@harbourlight.example"))
    services.merchants.save(
        dataclasses.replace(ada, id="us-eve", email="eve@elsewhere.example", orgs=("us-other",))
    )
    services.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
    pull_organisation(org, services)
    assert {email.to for email in emails(services, org)} == {
        "ada@harbourlight.example",
        "ben@harbourlight.example",
    }


def test_who_disconnects_gets_no_letter(services: Services, org: str, ada: Merchant) -> None:
    connection = services.connections.get(org)
    assert connection is not None
    services.zoho.disconnect(org)
    pull_organisation(org, services)
    email_connection_lost(services, connection)
    assert emails(services, org) == []
