"""Who gets no letter: judged when its turn comes, whatever held when it was written."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cache.records.accounts import AccountState, ClientAccount
from cache.records.connection import ConnectionState
from cache.records.letter_kinds import LETTER_KINDS, Mode, Reader
from cache.records.letter_settings import LetterSettings
from cache.records.letters import Letter, LetterState, new_letter_id
from cache.records.merchants import Merchant
from cache.records.portal_settings import PortalSettings
from tests.workers.letters.sample_values import SAMPLES
from workers.job_setup import Resources
from workers.letters.send_letter import send_letter

ORG = "us-600"


@pytest.fixture
def erin(desk: Resources) -> ClientAccount:
    account = ClientAccount(
        id="ae12",
        org=ORG,
        customer_id="5",
        person_id="9",
        email="erin@brightwater.example",
        name="Erin",
        password_hash="x",
        state=AccountState.ACTIVE,
        created_at=dt.datetime.now(dt.UTC),
    )
    desk.accounts.save(account)
    return account


def sent(
    desk: Resources,
    account: ClientAccount,
    kind: str = "invoice_overdue",
    to: str = "erin@brightwater.example",
) -> Letter:
    letter = Letter(
        id=new_letter_id(), org=ORG, to=to, kind=kind, account_id=account.id, values=SAMPLES[kind]
    )
    desk.letters.add(letter, once_key=letter.id)
    send_letter(letter.id, desk)
    found = desk.letters.get(letter.id)
    assert found is not None and desk.mail_due.at(letter.id) is None
    return found


def test_an_active_person_gets_every_kind_but_an_invitation_is_for_those_who_are_not(
    desk: Resources, erin: ClientAccount
) -> None:
    for kind in LETTER_KINDS.values():
        if kind.reader is Reader.CLIENT:
            assert sent(desk, erin, kind.name).state is LetterState.SENT, kind.name


@pytest.mark.parametrize("state", [AccountState.REVOKED, AccountState.INVITED])
def test_nobody_who_is_revoked_or_not_active_is_written_to(
    desk: Resources, erin: ClientAccount, state: AccountState
) -> None:
    desk.accounts.save(dataclasses.replace(erin, state=state))
    for kind in LETTER_KINDS.values():
        if kind.reader is Reader.CLIENT:
            goes = kind.goes_before_active and state is AccountState.INVITED
            assert (sent(desk, erin, kind.name).state is LetterState.SENT) is goes, kind.name


def test_what_the_merchant_switched_off_is_left_out(desk: Resources, erin: ClientAccount) -> None:
    desk.letter_settings.save(ORG, LetterSettings(modes={"invoice_overdue": Mode.OFF}))
    left_out = sent(desk, erin)
    assert left_out.state is LetterState.LEFT_OUT and "switched off" in left_out.why
    assert sent(desk, erin, "new_estimate").state is LetterState.SENT


@pytest.mark.parametrize(
    ("switch", "kinds"),
    [
        ("shows_estimates", {"new_estimate"}),
        ("shows_invoices", {"invoice_due_soon", "invoice_overdue"}),
        ("shows_payments", {"payment_booked"}),
    ],
)
def test_of_what_the_portal_does_not_show_nobody_is_told(
    desk: Resources, erin: ClientAccount, switch: str, kinds: set[str]
) -> None:
    desk.portal_settings.save(ORG, PortalSettings(**{switch: False}))
    clients = [kind.name for kind in LETTER_KINDS.values() if kind.reader is Reader.CLIENT]
    assert {name for name in clients if sent(desk, erin, name).state is LetterState.LEFT_OUT} == kinds


def test_what_cannot_be_switched_goes_whatever_was_stored(desk: Resources, erin: ClientAccount) -> None:
    desk.letter_settings.save(ORG, LetterSettings(modes={"password_reset": Mode.OFF}))
    assert sent(desk, erin, "password_reset").state is LetterState.SENT


def test_what_the_client_stopped_is_left_out_and_the_rest_goes(desk: Resources, erin: ClientAccount) -> None:
    desk.letter_choices.stop(erin.id, "invoice_overdue")
    desk.letter_choices.stop(erin.id, "password_reset")
    assert sent(desk, erin).state is LetterState.LEFT_OUT
    assert sent(desk, erin, "invoice_due_soon").state is LetterState.SENT
    assert sent(desk, erin, "password_reset").state is LetterState.SENT


def test_a_letter_to_an_address_that_was_changed_goes_nowhere(desk: Resources, erin: ClientAccount) -> None:
    assert sent(desk, erin, to="erin@elsewhere.example").state is LetterState.LEFT_OUT


def test_a_person_who_is_gone_and_a_merchant_who_left_get_none(desk: Resources, erin: ClientAccount) -> None:
    assert sent(desk, dataclasses.replace(erin, id="gone")).state is LetterState.LEFT_OUT
    desk.merchants.save(
        Merchant(
            id="us-ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=("us-other",)
        )
    )
    letter = Letter(
        id=new_letter_id(),
        org=ORG,
        to="ada@x.example",
        kind="test",
        merchant_id="us-ada",
        values=SAMPLES["test"],
    )
    desk.letters.add(letter, once_key="ada")
    send_letter(letter.id, desk)
    found = desk.letters.get(letter.id)
    assert found is not None and found.state is LetterState.LEFT_OUT


def test_a_closed_portal_writes_to_no_client(desk: Resources, erin: ClientAccount, org: str) -> None:
    desk.connections.mark(org, ConnectionState.DISCONNECTED)
    account = dataclasses.replace(erin, id="ae13", org=org, person_id="10")
    desk.accounts.save(account)
    letter = Letter(
        id=new_letter_id(),
        org=org,
        to=account.email,
        kind="sign_in_link",
        account_id="ae13",
        values=SAMPLES["sign_in_link"],
    )
    desk.letters.add(letter, once_key="closed")
    send_letter(letter.id, desk)
    found = desk.letters.get(letter.id)
    assert found is not None and found.state is LetterState.LEFT_OUT
