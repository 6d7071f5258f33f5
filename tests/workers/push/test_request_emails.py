"""Letters about requests: a receipt where the merchant's switch says so, and the merchant told when a request
needs them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.merchants import Merchant as MerchantRecord
from cache.records.email.email_kinds import Mode
from cache.records.email.email_settings import EmailSettings
from cache.records.email.emails import Email, EmailState
from cache.records.orders.merchant_reply import MerchantReply
from cache.records.orders.order import Order, OrderKind, OrderState
from connectors.zoho.books.client import BooksClient
from tests.servers.worker_process import an_answer
from workers.email.send_email import send_email
from workers.push.after_order import enqueue_order_emails
from workers.services import Services


@pytest.fixture
def services(services: Services, org: str) -> Services:
    """Erin has an account, Ada looks after the organisation."""
    services.accounts.save(
        ClientAccount(
            id="account-of-erin",
            org=org,
            customer_id="5",
            person_id="9",
            email="erin@brightwater.example",
            name="Erin Solberg",
            password_hash="x",
            state=AccountState.ACTIVE,
            created_at=dt.datetime.now(dt.UTC),
        )
    )
    ada = MerchantRecord(
        id="us-ada",
        zoho_user_id="1",
        dc="us",
        name="Ada Okafor",
        email="ada@harbourlight.example",
        orgs=(org,),
    )
    services.merchants.save(ada)
    return services


def switch(services: Services, org: str, **modes: Mode) -> None:
    services.email_settings.save(org, EmailSettings(modes=modes))


def sent(services: Services, email: Email) -> Email:
    """As it was written out and put into the folder."""
    send_email(email.id, services)
    found = services.emails.get(email.id)
    assert found is not None and found.state is EmailState.SENT, found
    return found


def emails(services: Services, org: str, kind: str) -> list[Email]:
    return [email for email in services.emails.recent(org) if email.kind == kind]


@pytest.fixture
def answer(services: Services, org: str, books: BooksClient) -> Order:
    row = next(row for row in books.estimates.list_page(1).rows if row.status == "sent")
    order = an_answer(org, books.estimates.get(row.id).value)
    return services.orders.record(order, form_key=order.id)


def test_a_confirmed_request_is_written_about_once(
    services: Services, org: str, answer: Order, delivered: Callable[..., Order]
) -> None:
    order = delivered(answer, OrderState.CONFIRMED)
    enqueue_order_emails(services, order)
    (email,) = emails(services, org, "receipt")
    assert (email.to, email.account_id) == ("erin@brightwater.example", "account-of-erin")
    email = sent(services, email)
    assert email.subject == f"Acceptance of estimate {order.document_number}: confirmed by Zoho"
    assert f"/requests/{order.id}" in email.text and order.steps[-1].message in email.text
    assert emails(services, org, "needs_attention") == []
    (told,) = emails(services, org, "estimate_accepted")
    told = sent(services, told)
    assert (
        told.to == "ada@harbourlight.example"
        and told.subject == f"Erin Solberg accepted estimate {order.document_number}"
    )
    assert f"/merchant/{org}/requests/{order.id}" in told.text


def test_what_is_switched_off_is_not_even_written(
    services: Services, org: str, answer: Order, delivered: Callable[..., Order]
) -> None:
    switch(services, org, receipt=Mode.OFF, estimate_accepted=Mode.OFF)
    delivered(answer, OrderState.CONFIRMED)
    assert services.emails.recent(org) == []


def test_the_merchant_is_told_once_when_a_person_must_look(
    services: Services, org: str, answer: Order
) -> None:
    claim = services.orders.claim(org, answer.id, lease=5, settle=1)
    assert claim is not None
    order = services.orders.move(claim, OrderState.NEEDS_ATTENTION, message="It was sent 3 times.")
    for _ in range(2):
        enqueue_order_emails(services, order)
    (email,) = emails(services, org, "needs_attention")
    email = sent(services, email)
    assert (
        email.to == "ada@harbourlight.example"
        and "Erin Solberg" in email.text
        and "It was sent 3 times." in email.text
    )
    assert f"/merchant/{org}/requests/{order.id}" in email.text


def test_what_was_withdrawn_is_no_news_to_who_withdrew_it(
    services: Services, org: str, answer: Order
) -> None:
    assert services.orders.withdraw(org, answer.id, message="Erin withdrew it.")
    found: Any = services.orders.get(org, answer.id)
    enqueue_order_emails(services, found)
    assert services.emails.recent(org) == []


def test_a_subject_stays_one_line_whatever_a_number_holds(
    services: Services, org: str, answer: Order
) -> None:
    order = dataclasses.replace(
        answer, document_number="QT-1\r\nBcc: all@x.example", state=OrderState.NEEDS_ATTENTION
    )
    enqueue_order_emails(services, order)
    subject = sent(services, emails(services, org, "needs_attention")[0]).subject
    assert subject.endswith("QT-1 Bcc: all@x.example") and "\n" not in subject and "\r" not in subject


def answered(services: Services, org: str, books: BooksClient) -> Order:
    """What Ada wrote back to Erin under an estimate."""
    row = next(row for row in books.estimates.list_page(1).rows if row.status == "sent")
    order = dataclasses.replace(
        an_answer(
            org, books.estimates.get(row.id).value, OrderKind.COMMENT_ESTIMATE, reason="Yes, <b>in blue</b>."
        ),
        account_id="us-ada",
        person_name="Ada Okafor",
        payload=MerchantReply("account-of-erin"),
    )
    return services.orders.record(order, form_key=order.id)


def test_an_answer_is_written_to_whom_it_answers_once_it_stands_in_zoho(
    services: Services, org: str, books: BooksClient, delivered: Callable[..., Order]
) -> None:
    order = answered(services, org, books)
    enqueue_order_emails(services, order)
    assert emails(services, org, "answer") == []
    order = delivered(order, OrderState.CONFIRMED)
    enqueue_order_emails(services, order)
    (email,) = emails(services, org, "answer")
    email = sent(services, email)
    assert email.to == "erin@brightwater.example" and email.subject.endswith(
        f"wrote to you about estimate {order.document_number}"
    )
    assert "Yes, <b>in blue</b>." in email.text and "<b>in blue</b>" not in email.html
    assert f"/estimates/{order.document_id}" in email.text and "no more letters of this kind" in email.text
    assert emails(services, org, "receipt") == []


@pytest.mark.parametrize("closed_by", ["switch", "choice", "module"])
def test_an_answer_nobody_wants_or_may_see_makes_no_letter(
    services: Services, org: str, books: BooksClient, delivered: Callable[..., Order], closed_by: str
) -> None:
    if closed_by == "switch":
        switch(services, org, answer=Mode.OFF)
    elif closed_by == "choice":
        services.email_preferences.stop("account-of-erin", "answer")
    else:
        services.portal_settings.save(
            org, dataclasses.replace(services.portal_settings.get(org), shows_estimates=False)
        )
    delivered(answered(services, org, books), OrderState.CONFIRMED)
    assert services.emails.recent(org) == []
