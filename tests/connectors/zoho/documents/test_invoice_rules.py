"""What may be paid, what is owed, what is overdue (zoho.md 5.2)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from connectors.zoho.documents.invoice import Invoice

TODAY = dt.date(2026, 11, 23)
OWED = Invoice(id="1", status="sent", customer_id="2", total=Decimal(10), balance=Decimal(10), currency="USD")


def with_status(status: str) -> Invoice:
    return dataclasses.replace(OWED, status=status)


@pytest.mark.parametrize("status", ["sent", "viewed", "overdue", "partially_paid", "unpaid"])
def test_facts_5_2_an_issued_invoice_with_a_balance_can_be_paid(status: str) -> None:
    assert with_status(status).can_be_paid()


@pytest.mark.parametrize("status", ["draft", "pending_approval", "approved", "paid", "void", "paused", ""])
def test_facts_5_2_no_other_status_offers_pay_and_an_unknown_one_neither(status: str) -> None:
    assert not with_status(status).can_be_paid()


def test_facts_5_2_a_drafts_balance_is_not_owed() -> None:
    assert not with_status("draft").is_unpaid
    assert not with_status("draft").is_for_clients


def test_without_a_balance_there_is_nothing_to_pay() -> None:
    assert not dataclasses.replace(OWED, balance=Decimal(0)).can_be_paid()


def test_facts_5_2_overdue_is_told_by_balance_and_due_date_not_by_one_name() -> None:
    part_paid = dataclasses.replace(OWED, status="partially_paid", due_on=TODAY - dt.timedelta(days=1))
    assert part_paid.is_overdue(TODAY)
    assert not dataclasses.replace(part_paid, due_on=TODAY).is_overdue(TODAY)
    assert not dataclasses.replace(part_paid, balance=Decimal(0)).is_overdue(TODAY)
    assert with_status("overdue").is_overdue(TODAY)
    assert not dataclasses.replace(part_paid, status="void").is_overdue(TODAY)
