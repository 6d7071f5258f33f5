"""Stored cards and bank accounts of the seed."""

from __future__ import annotations

from datetime import date

from sandbox.billing.calendar_terms import term_after
from sandbox.seed.documents import DocumentMaker
from sandbox.world import Record

GATEWAY = "stripe"


def add_card(make: DocumentMaker, customer: Record, last_four: str, *, months: int) -> Record:
    """A card that expires at the end of the month `months` from now; negative for an expired one."""
    ends = date.fromisoformat(term_after(make.today.replace(day=1).isoformat(), months, "months"))
    at = make.moment(200)
    first, _, last = customer["billing_address"]["attention"].partition(" ")
    card: Record = {
        "card_id": make.centre.new_id(),
        "customer_id": customer["contact_id"],
        "status": "active",
        "last_four_digits": last_four,
        "expiry_month": ends.month,
        "expiry_year": ends.year,
        "payment_gateway": GATEWAY,
        "first_name": first,
        "last_name": last,
        "created": at,
        "modified": at,
    }
    make.organisation.cards[card["card_id"]] = card
    return card


def add_bank_account(make: DocumentMaker, customer: Record, last_four: str) -> Record:
    """A bank account that can be debited."""
    at = make.moment(180)
    account: Record = {
        "account_id": make.centre.new_id(),
        "customer_id": customer["contact_id"],
        "status": "active",
        "last_four_digits": last_four,
        "payment_gateway": GATEWAY,
        "created": at,
        "modified": at,
    }
    make.organisation.bank_accounts[account["account_id"]] = account
    return account
