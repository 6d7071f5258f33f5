"""Letters about what the sync finds out: never at the first sync, once for each event, to those alone who may
know.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.merchants import Merchant as MerchantRecord
from cache.records.email.emails import Email
from cache.records.portal.portal_settings import PortalSettings
from connectors.zoho.documents.invoice import Invoice
from tests.workers.conftest import Merchant
from workers.copies.mirror_rows import mirror_row
from workers.email import due_dates
from workers.email.due_dates import notify_of_due_dates
from workers.organisation_time import local_time, seconds_until
from workers.pull.organisation import pull_organisation
from workers.services import Services


def pulled(services: Services, org: str) -> None:
    for _ in range(3):
        pull_organisation(org, services)


@pytest.fixture
def estimate_id(services: Services, org: str, merchant: Merchant) -> str:
    """A draft of a customer whose two people have accounts, one of them not active; everything has been read
    once.
    """
    drafts = sorted(item for item, kept in merchant.truth("estimates").items() if kept["status"] == "draft")
    customer = str(merchant.truth("estimates", drafts[0])["customer_id"])
    for number, state in enumerate((AccountState.ACTIVE, AccountState.INVITED, AccountState.REVOKED)):
        services.accounts.save(
            ClientAccount(
                id=f"a{number}",
                org=org,
                customer_id=customer,
                person_id=f"9{number}",
                email=f"p{number}@x.example",
                name="P",
                password_hash="x",
                state=state,
                created_at=dt.datetime.now(dt.UTC),
            )
        )
    services.merchants.save(
        MerchantRecord(id="us-ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=(org,))
    )
    pulled(services, org)
    assert services.emails.recent(org) == [], "a first sync writes no letters"
    return drafts[0]


def news(services: Services, org: str, kind: str) -> list[Email]:
    return [email for email in services.emails.recent(org) if email.kind == kind]


def test_an_estimate_that_is_offered_is_told_once_and_a_comment_on_it_is_not(
    services: Services, org: str, merchant: Merchant, estimate_id: str
) -> None:
    merchant.does("estimates", estimate_id, "sent")
    pulled(services, org)
    (email,) = news(services, org, "new_estimate")
    assert (email.to, email.path) == ("p0@x.example", f"/estimates/{estimate_id}")
    merchant.rewrites_estimate(estimate_id, **{"line-1-rate": "77.10"})
    pulled(services, org)
    newer = news(services, org, "new_estimate")
    assert len(newer) == 2 and newer[0].values["amount"] != newer[1].values["amount"]
    merchant.rewrites_estimate(estimate_id, notes="A word more")
    pulled(services, org)
    assert len(news(services, org, "new_estimate")) == 2


def test_a_crash_between_reading_and_writing_loses_and_doubles_nothing(
    services: Services, org: str, merchant: Merchant, estimate_id: str
) -> None:
    state = services.sync_states.get(org, "estimates")
    merchant.does("estimates", estimate_id, "sent")
    for _ in range(3):
        pulled(services, org)
        # As if the job had died before its cursor moved: the same rows are read again.
        services.sync_states.update(org, "estimates", cursor=state.cursor)
    assert len(news(services, org, "new_estimate")) == 1


def test_emptied_copies_bring_no_old_news(
    services: Services, org: str, merchant: Merchant, estimate_id: str
) -> None:
    services.stores.copies.flushdb()
    pulled(services, org)
    assert services.emails.recent(org) == []


def test_a_payment_is_told_to_the_client_and_to_the_merchant(
    services: Services, org: str, merchant: Merchant, estimate_id: str
) -> None:
    customer = services.accounts.of_org(org)[0].customer_id
    owed = next(
        item
        for item, kept in merchant.truth("invoices").items()
        if str(kept["customer_id"]) == customer
        and kept["status"] in ("sent", "overdue")
        and Decimal(str(kept["balance"])) > 1
    )
    now = local_time(services, org, dt.datetime.now(dt.UTC))
    merchant.books_payment(owed, "1.00", now.date().isoformat())
    pulled(services, org)
    (booked,), (received,) = news(services, org, "payment_booked"), news(services, org, "payment_received")
    assert (booked.to, received.to) == ("p0@x.example", "ada@x.example") and Decimal(
        booked.values["amount"]
    ) == 1


def test_what_the_merchant_does_not_show_is_not_told(
    services: Services, org: str, merchant: Merchant, estimate_id: str
) -> None:
    services.portal_settings.save(org, PortalSettings(shows_estimates=False))
    merchant.does("estimates", estimate_id, "sent")
    pulled(services, org)
    assert news(services, org, "new_estimate") == []


def test_due_dates_are_told_in_the_morning_once_each(
    services: Services, org: str, estimate_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_dates, "MORNING", 0)
    now = dt.datetime.now(dt.UTC)
    today, customer = local_time(services, org, now).date(), services.accounts.of_org(org)[0].customer_id
    plain = Invoice(
        id="1",
        number="INV-1",
        status="sent",
        customer_id=customer,
        total=Decimal(9),
        balance=Decimal(9),
        currency="USD",
    )
    invoices = [
        dataclasses.replace(
            plain, id=str(88_000 + days), number=f"INV-{days}", due_on=today + dt.timedelta(days=days)
        )
        for days in (-30, -4, -1, 0, 2, 3, 4)
    ]
    invoices.append(
        dataclasses.replace(
            plain, id="89000", number="PAID", balance=Decimal(0), due_on=today - dt.timedelta(days=1)
        )
    )
    invoices.append(
        dataclasses.replace(
            plain, id="89001", number="UNDER-WAY", in_process=True, due_on=today - dt.timedelta(days=1)
        )
    )
    services.mirror.put_page(org, [mirror_row("invoices", invoice, now) for invoice in invoices])
    mine = {invoice.number for invoice in invoices}
    for _ in range(2):
        notify_of_due_dates(services, org)
        services.stores.records.delete(f"o:{{{org}}}:letters:looked")
    told = [
        (email.kind, email.values["number"], email.to)
        for email in services.emails.recent(org)
        if email.values["number"] in mine
    ]
    assert sorted(told) == [
        ("invoice_due_soon", "INV-3", "p0@x.example"),
        ("invoice_overdue", "INV--1", "p0@x.example"),
    ]


def test_a_day_is_looked_at_once_and_not_at_night(
    services: Services, org: str, estimate_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_dates, "MORNING", 24)
    assert not due_dates.is_check_due(services, org)
    monkeypatch.setattr(due_dates, "MORNING", 0)
    assert due_dates.is_check_due(services, org)
    notify_of_due_dates(services, org)
    assert not due_dates.is_check_due(services, org)


@pytest.mark.parametrize(
    ("now", "hour", "seconds"),
    [("2026-11-25T06:30:00+01:00", 7, 1800), ("2026-11-25T07:00:00+01:00", 7, 86400)],
)
def test_seconds_until_an_hour(now: str, hour: int, seconds: int) -> None:
    assert seconds_until(hour, dt.datetime.fromisoformat(now)) == seconds
