"""Who gets no letter: judged when its turn comes, whatever held when it was written."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.merchants import Merchant
from cache.records.connections.connection import ConnectionState
from cache.records.email.email_kinds import EMAIL_KINDS, EmailReader, Mode
from cache.records.email.email_settings import EmailSettings
from cache.records.email.emails import Email, EmailState, new_email_id
from cache.records.portal.portal_settings import PortalSettings
from tests.workers.email.sample_values import SAMPLES
from workers.email.send_email import send_email
from workers.services import Services

ORG = "us-600"


@pytest.fixture
def erin(services: Services) -> ClientAccount:
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
    services.accounts.save(account)
    return account


def sent(
    services: Services,
    account: ClientAccount,
    kind: str = "invoice_overdue",
    to: str = "erin@brightwater.example",
) -> Email:
    email = Email(id=new_email_id(), org=ORG, to=to, kind=kind, account_id=account.id, values=SAMPLES[kind])
    services.emails.add(email, once_key=email.id)
    send_email(email.id, services)
    found = services.emails.get(email.id)
    assert found is not None and services.mail_due.at(email.id) is None
    return found


def test_an_active_person_gets_every_kind_but_an_invitation_is_for_those_who_are_not(
    services: Services, erin: ClientAccount
) -> None:
    for kind in EMAIL_KINDS.values():
        if kind.reader is EmailReader.CLIENT:
            assert sent(services, erin, kind.name).state is EmailState.SENT, kind.name


@pytest.mark.parametrize("state", [AccountState.REVOKED, AccountState.INVITED])
def test_nobody_who_is_revoked_or_not_active_is_written_to(
    services: Services, erin: ClientAccount, state: AccountState
) -> None:
    services.accounts.save(dataclasses.replace(erin, state=state))
    for kind in EMAIL_KINDS.values():
        if kind.reader is EmailReader.CLIENT:
            goes = kind.goes_before_active and state is AccountState.INVITED
            assert (sent(services, erin, kind.name).state is EmailState.SENT) is goes, kind.name


def test_what_the_merchant_switched_off_is_left_out(services: Services, erin: ClientAccount) -> None:
    services.email_settings.save(ORG, EmailSettings(modes={"invoice_overdue": Mode.OFF}))
    left_out = sent(services, erin)
    assert left_out.state is EmailState.SUPPRESSED and "switched off" in left_out.why
    assert sent(services, erin, "new_estimate").state is EmailState.SENT


@pytest.mark.parametrize(
    ("switch", "kinds"),
    [
        ("shows_estimates", {"new_estimate"}),
        ("shows_invoices", {"invoice_due_soon", "invoice_overdue"}),
        ("shows_payments", {"payment_booked"}),
    ],
)
def test_of_what_the_portal_does_not_show_nobody_is_told(
    services: Services, erin: ClientAccount, switch: str, kinds: set[str]
) -> None:
    services.portal_settings.save(ORG, PortalSettings(**{switch: False}))
    clients = [kind.name for kind in EMAIL_KINDS.values() if kind.reader is EmailReader.CLIENT]
    assert {name for name in clients if sent(services, erin, name).state is EmailState.SUPPRESSED} == kinds


def test_what_cannot_be_switched_goes_whatever_was_stored(services: Services, erin: ClientAccount) -> None:
    services.email_settings.save(ORG, EmailSettings(modes={"password_reset": Mode.OFF}))
    assert sent(services, erin, "password_reset").state is EmailState.SENT


def test_what_the_client_stopped_is_left_out_and_the_rest_goes(
    services: Services, erin: ClientAccount
) -> None:
    services.email_preferences.stop(erin.id, "invoice_overdue")
    services.email_preferences.stop(erin.id, "password_reset")
    assert sent(services, erin).state is EmailState.SUPPRESSED
    assert sent(services, erin, "invoice_due_soon").state is EmailState.SENT
    assert sent(services, erin, "password_reset").state is EmailState.SENT


def test_a_letter_to_an_address_that_was_changed_goes_nowhere(
    services: Services, erin: ClientAccount
) -> None:
    assert sent(services, erin, to="erin@elsewhere.example").state is EmailState.SUPPRESSED


def test_a_person_who_is_gone_and_a_merchant_who_left_get_none(
    services: Services, erin: ClientAccount
) -> None:
    assert sent(services, dataclasses.replace(erin, id="gone")).state is EmailState.SUPPRESSED
    services.merchants.save(
        Merchant(
            id="us-ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=("us-other",)
        )
    )
    email = Email(
        id=new_email_id(),
        org=ORG,
        to="ada@x.example",
        kind="test",
        merchant_id="us-ada",
        values=SAMPLES["test"],
    )
    services.emails.add(email, once_key="ada")
    send_email(email.id, services)
    found = services.emails.get(email.id)
    assert found is not None and found.state is EmailState.SUPPRESSED


def test_a_closed_portal_writes_to_no_client(services: Services, erin: ClientAccount, org: str) -> None:
    services.connections.mark(org, ConnectionState.DISCONNECTED)
    account = dataclasses.replace(erin, id="ae13", org=org, person_id="10")
    services.accounts.save(account)
    email = Email(
        id=new_email_id(),
        org=org,
        to=account.email,
        kind="sign_in_link",
        account_id="ae13",
        values=SAMPLES["sign_in_link"],
    )
    services.emails.add(email, once_key="closed")
    send_email(email.id, services)
    found = services.emails.get(email.id)
    assert found is not None and found.state is EmailState.SUPPRESSED
