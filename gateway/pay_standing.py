"""Whether Pay is offered on an invoice, and what stands in its place. Every page asks here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from cache.records.open_payment import is_set_aside
from cache.records.order import FINAL, Order, OrderKind
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit
from gateway.open_orders import latest_orders
from gateway.pay_routes import is_any_way_open


@dataclass(frozen=True)
class PayStanding:
    """may_pay: whether Pay is offered. being_paid: the open payment at Zoho's page, also one that was set aside. reported: the
    payment that waits for the merchant.
    """

    may_pay: bool
    being_paid: Order | None = None
    reported: Order | None = None

    @property
    def is_held(self) -> bool:
        """Whether somebody is paying just now, so that nobody else should begin in another way."""
        return self.being_paid is not None and not is_set_aside(self.being_paid)


def pay_standing(visit: ClientVisit, invoice: Invoice) -> PayStanding:
    """For one invoice of this client; the requests are read once for a page."""
    paying, reported = _open(visit).get(invoice.id, (None, None))
    is_payable = visit.allows(OrderKind.PAY_INVOICE) and invoice.can_be_paid() and is_any_way_open(visit.settings)
    is_held = paying is not None and not is_set_aside(paying)
    return PayStanding(is_payable and reported is None and not is_held, paying, reported)


def _open(visit: ClientVisit) -> dict[str, tuple[Order | None, Order | None]]:
    """Invoice id → (open payment, reported payment)."""
    if "open_payments" not in g:
        found: dict[str, tuple[Order | None, Order | None]] = {}
        for order in latest_orders(visit):
            if order.state in FINAL or order.kind not in (OrderKind.PAY_INVOICE, OrderKind.RECORD_PAYMENT):
                continue
            paying, reported = found.get(order.document_id, (None, None))
            found[order.document_id] = (order, reported) if order.kind is OrderKind.PAY_INVOICE else (paying, order)
        g.open_payments = found
    kept: dict[str, tuple[Order | None, Order | None]] = g.open_payments
    return kept
