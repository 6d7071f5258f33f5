"""Letters about requests: a receipt where the merchant's switch says so, and the merchant told when a request
needs them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cache.records.accounts import AccountState, ClientAccount
from cache.records.letter_kinds import Mode
from cache.records.letter_settings import LetterSettings
from cache.records.letters import Letter, LetterState
from cache.records.merchants import Merchant as MerchantRecord
from cache.records.order import ANSWERS_WHOM, BY_MERCHANT, Order, OrderKind, OrderState
from connectors.zoho.books.client import BooksClient
from servers.worker_process import an_answer
from workers.job_setup import Resources
from workers.letters.send_letter import send_letter
from workers.push.after_order import write_letters


@pytest.fixture
def desk(desk: Resources, org: str) -> Resources:
    """Erin has an account, Ada looks after the organisation."""
    desk.accounts.save(
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
    desk.merchants.save(ada)
    return desk


def switch(desk: Resources, org: str, **modes: Mode) -> None:
    desk.letter_settings.save(org, LetterSettings(modes=modes))


def sent(desk: Resources, letter: Letter) -> Letter:
    """As it was written out and put into the folder."""
    send_letter(letter.id, desk)
    found = desk.letters.get(letter.id)
    assert found is not None and found.state is LetterState.SENT, found
    return found


def letters(desk: Resources, org: str, kind: str) -> list[Letter]:
    return [one for one in desk.letters.recent(org) if one.kind == kind]


@pytest.fixture
def answer(desk: Resources, org: str, books: BooksClient) -> Order:
    row = next(row for row in books.estimates.list_page(1).rows if row.status == "sent")
    order = an_answer(org, books.estimates.get(row.id).value)
    return desk.orders.record(order, form_key=order.id)


def test_a_confirmed_request_is_written_about_once(
    desk: Resources, org: str, answer: Order, delivered: Callable[..., Order]
) -> None:
    order = delivered(answer, OrderState.CONFIRMED)
    write_letters(desk, order)
    (letter,) = letters(desk, org, "receipt")
    assert (letter.to, letter.account_id) == ("erin@brightwater.example", "account-of-erin")
    letter = sent(desk, letter)
    assert letter.subject == f"Acceptance of estimate {order.document_number}: confirmed by Zoho"
    assert f"/requests/{order.id}" in letter.text and order.steps[-1].words in letter.text
    assert letters(desk, org, "needs_attention") == []
    (told,) = letters(desk, org, "estimate_accepted")
    told = sent(desk, told)
    assert (
        told.to == "ada@harbourlight.example"
        and told.subject == f"Erin Solberg accepted estimate {order.document_number}"
    )
    assert f"/merchant/{org}/requests/{order.id}" in told.text


def test_what_is_switched_off_is_not_even_written(
    desk: Resources, org: str, answer: Order, delivered: Callable[..., Order]
) -> None:
    switch(desk, org, receipt=Mode.OFF, estimate_accepted=Mode.OFF)
    delivered(answer, OrderState.CONFIRMED)
    assert desk.letters.recent(org) == []


def test_the_merchant_is_told_once_when_a_person_must_look(desk: Resources, org: str, answer: Order) -> None:
    claim = desk.orders.claim(org, answer.id, lease=5, settle=1)
    assert claim is not None
    order = desk.orders.move(claim, OrderState.NEEDS_ATTENTION, words="It was sent 3 times.")
    for _ in range(2):
        write_letters(desk, order)
    (letter,) = letters(desk, org, "needs_attention")
    letter = sent(desk, letter)
    assert (
        letter.to == "ada@harbourlight.example"
        and "Erin Solberg" in letter.text
        and "It was sent 3 times." in letter.text
    )
    assert f"/merchant/{org}/requests/{order.id}" in letter.text


def test_what_was_withdrawn_is_no_news_to_who_withdrew_it(desk: Resources, org: str, answer: Order) -> None:
    assert desk.orders.withdraw(org, answer.id, words="Erin withdrew it.")
    found: Any = desk.orders.get(org, answer.id)
    write_letters(desk, found)
    assert desk.letters.recent(org) == []


def test_a_subject_stays_one_line_whatever_a_number_holds(desk: Resources, org: str, answer: Order) -> None:
    order = dataclasses.replace(
        answer, document_number="QT-1\r\nBcc: all@x.example", state=OrderState.NEEDS_ATTENTION
    )
    write_letters(desk, order)
    subject = sent(desk, letters(desk, org, "needs_attention")[0]).subject
    assert subject.endswith("QT-1 Bcc: all@x.example") and "\n" not in subject and "\r" not in subject


def answered(desk: Resources, org: str, books: BooksClient) -> Order:
    """What Ada wrote back to Erin under an estimate."""
    row = next(row for row in books.estimates.list_page(1).rows if row.status == "sent")
    order = dataclasses.replace(
        an_answer(
            org, books.estimates.get(row.id).value, OrderKind.COMMENT_ESTIMATE, reason="Yes, <b>in blue</b>."
        ),
        account_id="us-ada",
        person_name="Ada Okafor",
        shown={**BY_MERCHANT, ANSWERS_WHOM: "account-of-erin"},
    )
    return desk.orders.record(order, form_key=order.id)


def test_an_answer_is_written_to_whom_it_answers_once_it_stands_in_zoho(
    desk: Resources, org: str, books: BooksClient, delivered: Callable[..., Order]
) -> None:
    order = answered(desk, org, books)
    write_letters(desk, order)
    assert letters(desk, org, "answer") == []
    order = delivered(order, OrderState.CONFIRMED)
    write_letters(desk, order)
    (letter,) = letters(desk, org, "answer")
    letter = sent(desk, letter)
    assert letter.to == "erin@brightwater.example" and letter.subject.endswith(
        f"wrote to you about estimate {order.document_number}"
    )
    assert "Yes, <b>in blue</b>." in letter.text and "<b>in blue</b>" not in letter.html
    assert f"/estimates/{order.document_id}" in letter.text and "no more letters of this kind" in letter.text
    assert letters(desk, org, "receipt") == []


@pytest.mark.parametrize("wall", ["switch", "choice", "module"])
def test_an_answer_nobody_wants_or_may_see_makes_no_letter(
    desk: Resources, org: str, books: BooksClient, delivered: Callable[..., Order], wall: str
) -> None:
    if wall == "switch":
        switch(desk, org, answer=Mode.OFF)
    elif wall == "choice":
        desk.letter_choices.stop("account-of-erin", "answer")
    else:
        desk.portal_settings.save(
            org, dataclasses.replace(desk.portal_settings.get(org), shows_estimates=False)
        )
    delivered(answered(desk, org, books), OrderState.CONFIRMED)
    assert desk.letters.recent(org) == []
