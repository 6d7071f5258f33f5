"""How far a row of payments has come: per currency what was owed, what is paid, what is left. Never a sum
across currencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cache.records.pay_rounds import PayRound, RoundPart
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit
from gateway.paying.pay_standing import PayStanding, pay_standing
from gateway.reading.document_kinds import INVOICES
from gateway.wiring import wired


class PartState(StrEnum):
    TO_PAY = "to_pay"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class RoundStep:
    """One invoice of the row. invoice: as it is known now, None when it is gone. left: still owed, in its
    currency.
    """

    part: RoundPart
    invoice: Invoice | None
    standing: PayStanding
    state: PartState

    @property
    def left(self) -> Decimal:
        return self.invoice.balance if self.invoice is not None and self.invoice.is_unpaid else Decimal(0)


@dataclass(frozen=True)
class CurrencyShare:
    """The part of the row in one currency. owed: in the beginning; left: now; settled: the difference."""

    currency: str
    owed: Decimal
    left: Decimal
    steps: tuple[RoundStep, ...]

    @property
    def settled(self) -> Decimal:
        return self.owed - self.left


def progress_of(visit: ClientVisit, paying: PayRound) -> list[CurrencyShare]:
    """By currency, in the order of the row."""
    steps = [_step(visit, part) for part in paying.parts]
    found = []
    for currency in dict.fromkeys(part.currency for part in paying.parts):
        mine = tuple(step for step in steps if step.part.currency == currency)
        owed = sum((step.part.owed for step in mine), Decimal(0))
        found.append(CurrencyShare(currency, owed, sum((step.left for step in mine), Decimal(0)), mine))
    return found


def next_step(shares: list[CurrencyShare]) -> RoundStep | None:
    """The first invoice that can be paid now."""
    return next((step for share in shares for step in share.steps if step.state is PartState.TO_PAY), None)


def _step(visit: ClientVisit, part: RoundPart) -> RoundStep:
    row = wired().mirror.one(visit.scope, INVOICES.name, part.invoice_id)
    if row is None:
        return RoundStep(part, None, PayStanding(False), PartState.NOT_NOW)
    invoice = INVOICES.document.from_stored(row.body)
    standing = pay_standing(visit, invoice)
    return RoundStep(part, invoice, standing, _state(invoice, standing))


def _state(invoice: Invoice, standing: PayStanding) -> PartState:
    if standing.may_pay:
        return PartState.TO_PAY
    if standing.is_held or standing.reported or standing.credit_use or invoice.in_process:
        return PartState.UNDER_WAY
    return PartState.NOT_NOW if invoice.is_unpaid else PartState.DONE
