"""Setting up step by step, and the inbox of what waits for the merchant."""

from __future__ import annotations

import dataclasses

import pytest

from cache.records.connections.connection import ConnectionState
from cache.records.email.emails import Email, EmailState, new_email_id
from cache.records.orders.order import Order, OrderState
from tests.gateway.account.details.test_person_views import PAGE as EDIT
from tests.gateway.account.details.test_person_views import TYPED
from tests.gateway.browser import Browser
from tests.gateway.merchant.clients.test_client_list import ada as ada
from tests.gateway.sample_documents import a_customer
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

OVERVIEW, INBOX = f"/merchant/{ORG}/", f"/merchant/{ORG}/needs-you"


def step(ada: Browser, key: str) -> None:
    """Press what says so on the overview."""
    ada.get(OVERVIEW)
    token = str(ada.page.select_one("main input[name=csrf_token]")["value"])
    ada.post(f"/merchant/{ORG}/setting-up", {"csrf_token": token, "step": key})


def test_the_list_grows_with_what_is_done_and_goes_when_it_is_closed(
    ada: Browser, services: Services
) -> None:
    ada.get(OVERVIEW)
    assert "Set up your portal" in ada.text and "3 of 5 steps" in ada.text, (
        "connected, read, and somebody is invited"
    )
    step(ada, "look")
    ada.get(OVERVIEW)
    assert "4 of 5 steps" in ada.text
    ada.get(f"/merchant/{ORG}/settings")
    ada.send(f"/merchant/{ORG}/settings", {})
    ada.get(OVERVIEW)
    assert "Your portal is ready" in ada.text and "5 of 5 steps" in ada.text
    step(ada, "done")
    ada.get(OVERVIEW)
    assert "of 5 steps" not in ada.text


def test_a_first_reading_that_is_under_way_is_no_step_behind_anybody(
    ada: Browser, services: Services
) -> None:
    services.mirror.mark_torn(ORG, "invoices")
    ada.get(OVERVIEW)
    assert "2 of 5 steps" in ada.text and "Zoho is being read" in ada.text


def test_no_other_step_can_be_said_to_be_done(ada: Browser, services: Services) -> None:
    ada.get(OVERVIEW)
    token = str(ada.page.select_one("main input[name=csrf_token]")["value"])
    ada.post(f"/merchant/{ORG}/setting-up", {"csrf_token": token, "step": "anything"}, status=400)
    assert services.setup_progress.completed(ORG) == frozenset()


def asked_for(nora: Browser, seed: Seeding, services: Services) -> Order:
    """Another telephone number, which the merchant wants to be asked about."""
    seed.has(a_customer())
    seed.settings(asks_before_edit=("phone",))
    nora.get(EDIT)
    nora.send(EDIT, {**TYPED, "phone": "1"})
    (order,) = services.orders.of_org(ORG, 9)
    return order


def test_an_edit_to_agree_to_waits_in_the_inbox_and_goes_on_when_agreed(
    ada: Browser, nora: Browser, seed: Seeding, services: Services
) -> None:
    order = asked_for(nora, seed, services)
    ada.get(INBOX)
    assert ada.page.select_one(".menu-count").get_text() == "1" and "Changes to agree to" in ada.text
    page = f"/merchant/{ORG}/requests/{order.id}"
    ada.get(page)
    assert "Nothing has changed yet" in ada.text
    ada.send(f"{page}/confirm")
    agreed = services.orders.get(ORG, order.id)
    assert agreed is not None and agreed.state is OrderState.RECORDED and agreed.next_at is not None
    assert services.activity.recent(ORG, 1)[0].event == "change_confirmed"
    ada.get(INBOX)
    assert "Nothing waits for you" in ada.text and not ada.page.select(".menu-count")


def test_an_edit_that_is_not_agreed_to_is_refused_with_the_merchants_words(
    ada: Browser, nora: Browser, seed: Seeding, services: Services
) -> None:
    order = asked_for(nora, seed, services)
    page = f"/merchant/{ORG}/requests/{order.id}"
    ada.get(page)
    ada.send(f"{page}/turn-down", {"words": "Please call us first."})
    nora.get(f"/requests/{order.id}")
    assert "did not agree to the change: Please call us first." in nora.text


def failed_email(services: Services) -> None:
    email = Email(
        id=new_email_id(), org=ORG, to="x@y.example", subject="Hello there", text="Hello", kind="invitation"
    )
    services.emails.add(email, once_key=f"one:{email.id}")
    services.emails.settle(email.id, EmailState.FAILED, why="no such mailbox")


def lost_connection(services: Services) -> None:
    connection = services.connections.get(ORG)
    assert connection is not None
    services.connections.save(
        dataclasses.replace(
            connection, state=ConnectionState.RECONNECT_NEEDED, why="The grant was taken back."
        ),
        refresh_token="none",
    )


@pytest.mark.parametrize(
    ("happens", "group", "expected"),
    [
        (failed_email, "letters", "no such mailbox"),
        (lost_connection, "connection", "The grant was taken back."),
    ],
)
def test_letters_and_the_connection_are_in_the_same_place(
    ada: Browser, services: Services, happens: object, group: str, expected: str
) -> None:
    happens(services)  # type: ignore[operator]
    ada.get(f"{INBOX}?show={group}")
    assert expected in ada.text
    ada.get(OVERVIEW)
    assert "need" in ada.text and ada.page.find("a", href=INBOX)
