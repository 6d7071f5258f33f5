"""Paying an invoice on a Zoho page: by card at once, by bank account after days (zoho.md 5.2, 7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.amounts import exact, json_number, rounded
from sandbox.balances import balance_of
from sandbox.billing.calendar_terms import last_day_of
from sandbox.online_payments import NO_SUCH_MONEY, PaymentProcessor
from sandbox.payer_pages.typed_method import (
    ACCOUNT_HINT,
    CARD_HINT,
    DECLINED_HINT,
    FAILING_HINT,
    Mistyped,
    gateway_of,
    read_account,
    read_card,
)
from sandbox.world import Organisation, Record

CARD, BANK = "card", "bank"
DECLINED = "Your card was declined. Nothing was taken; please try another one."


@dataclass(frozen=True)
class Outcome:
    """The result of an attempt to pay. status: success, failed, or "" if nothing was tried."""

    status: str
    problem: str = ""
    method: Record | None = None
    """The card or account that was typed, if it was not stored before."""


def pay(
    processor: PaymentProcessor,
    organisation: Organisation,
    invoice: Record,
    form: Mapping[str, str],
    today: date,
    stored: list[Record],
) -> Outcome:
    """Process the form. stored: cards and bank accounts that may be chosen instead of typing one."""
    refusal_reason = processor.refusal_reason(invoice)
    if refusal_reason:
        return Outcome("", refusal_reason)
    chosen = next(
        (item for item in stored if form.get("method") in (item.get("card_id"), item.get("account_id"))), None
    )
    by_bank = form.get("method") == BANK if chosen is None else "account_id" in chosen
    try:
        amount = _amount(organisation, invoice, form)
        method = chosen or _typed(form, organisation, today)
    except Mistyped as mistyped:
        return Outcome("", str(mistyped))
    typed = method if chosen is None and not by_bank else None
    if by_bank:
        processor.start_debit(invoice, amount, method)
        return Outcome("success")
    if (
        method["last_four_digits"] == NO_SUCH_MONEY
        or last_day_of(method["expiry_year"], method["expiry_month"]) < today
    ):
        processor.decline(invoice)
        return Outcome("failed", DECLINED)
    processor.take(invoice, amount, method, mode="autotransaction")
    return Outcome("success", method=typed)


def shown_for_paying(
    organisation: Organisation, invoice: Record, stored: list[Record], form: Mapping[str, str]
) -> dict[str, Any]:
    """The values for the form's template."""
    return {
        "payee": organisation,
        "invoice": invoice,
        "balance": json_number(balance_of(invoice), organisation.precision(invoice["currency_code"])),
        "may_pay_part": invoice["allow_partial_payments"],
        "stored": stored,
        "typed": form,
        "hints": {
            "card": CARD_HINT,
            "declined": DECLINED_HINT,
            "account": ACCOUNT_HINT,
            "failing": FAILING_HINT,
        },
    }


def stored_methods(organisation: Organisation, customer_id: str) -> list[Record]:
    """The customer's cards and bank accounts."""
    both = [*organisation.cards.values(), *organisation.bank_accounts.values()]
    return [record for record in both if record["customer_id"] == customer_id]


def _amount(organisation: Organisation, invoice: Record, form: Mapping[str, str]) -> Decimal:
    """The balance, or a part of it if the invoice allows that."""
    owed, text = balance_of(invoice), form.get("amount", "").strip()
    if not invoice["allow_partial_payments"] or not text:
        return owed
    try:
        amount = exact(text)
        fits = (
            0 < amount <= owed and rounded(amount, organisation.precision(invoice["currency_code"])) == amount
        )
    except InvalidOperation:
        fits = False
    if not fits:
        raise Mistyped("Please type an amount above zero and not above the balance.")
    return amount


def _typed(form: Mapping[str, str], organisation: Organisation, today: date) -> Record:
    if form.get("method") == BANK:
        return read_account(form, gateway_of(organisation))
    return read_card(form, today, gateway_of(organisation))
