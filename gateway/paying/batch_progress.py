"""Progress of a payment batch: owed, paid and left, per currency. Never a sum across currencies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cache.records.orders.payment_batches import BatchPart, PaymentBatch
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import Invoice
from gateway.paying.payment_status import PaymentStatus, payment_status_of
from gateway.web.access import ClientVisit
from gateway.web.services import services


class StepState(StrEnum):
    TO_PAY = "to_pay"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class BatchStep:
    """One invoice of the batch. invoice: as known now, None when it is gone. left:
    balance, in its currency.
    """

    part: BatchPart
    invoice: Invoice | None
    payment_status: PaymentStatus
    state: StepState

    @property
    def left(self) -> Decimal:
        return self.invoice.balance if self.invoice is not None and self.invoice.is_unpaid else Decimal(0)


@dataclass(frozen=True)
class CurrencyShare:
    """One currency of the batch. owed: at the start; left: now; settled: the difference."""

    currency: str
    owed: Decimal
    left: Decimal
    steps: tuple[BatchStep, ...]

    @property
    def settled(self) -> Decimal:
        return self.owed - self.left


def batch_progress(visit: ClientVisit, batch: PaymentBatch) -> list[CurrencyShare]:
    """One share per currency, in the order of the batch."""
    steps = [_step(visit, part) for part in batch.parts]
    found = []
    for currency in dict.fromkeys(part.currency for part in batch.parts):
        mine = tuple(step for step in steps if step.part.currency == currency)
        owed = sum((step.part.owed for step in mine), Decimal(0))
        found.append(CurrencyShare(currency, owed, sum((step.left for step in mine), Decimal(0)), mine))
    return found


def next_step(shares: list[CurrencyShare]) -> BatchStep | None:
    """The first invoice that can be paid now."""
    return next((step for share in shares for step in share.steps if step.state is StepState.TO_PAY), None)


def _step(visit: ClientVisit, part: BatchPart) -> BatchStep:
    row = services().mirror.get(visit.scope, INVOICES.name, part.invoice_id)
    if row is None:
        return BatchStep(part, None, PaymentStatus(False), StepState.NOT_NOW)
    invoice = INVOICES.document.from_stored(row.body)
    payment_status = payment_status_of(visit, invoice)
    return BatchStep(part, invoice, payment_status, _state(invoice, payment_status))


def _state(invoice: Invoice, payment_status: PaymentStatus) -> StepState:
    if payment_status.may_pay:
        return StepState.TO_PAY
    if (
        payment_status.is_being_paid
        or payment_status.reported
        or payment_status.credit_use
        or invoice.in_process
    ):
        return StepState.UNDER_WAY
    return StepState.NOT_NOW if invoice.is_unpaid else StepState.DONE
