"""Whether Pay is offered on an invoice, and what stands in its place. Every page asks here and nowhere
else.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from flask import g

from cache.records.open_payment import is_set_aside
from cache.records.order import Order, OrderKind, OrderState
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit
from gateway.orders.open_orders import latest_orders
from gateway.paying.pay_routes import is_any_way_open
from gateway.template_filters import shown_status

SETTLING = frozenset({OrderKind.PAY_INVOICE, OrderKind.RECORD_PAYMENT, OrderKind.APPLY_CREDIT})


@dataclass(frozen=True)
class PayStanding:
    """may_pay: whether Pay is offered. being_paid: the open payment at Zoho's page, also one that was set
    aside. reported: the payment that waits for the merchant. credit_use: credit that is on its way to Zoho.
    """

    may_pay: bool
    being_paid: Order | None = None
    reported: Order | None = None
    credit_use: Order | None = None

    @property
    def is_held(self) -> bool:
        """Whether somebody is paying just now, so that nobody else should begin in another way."""
        return self.being_paid is not None and not is_set_aside(self.being_paid)

    @property
    def may_use_credit(self) -> bool:
        """Whether nothing else that would settle the invoice is under way."""
        return not self.is_held and self.reported is None and self.credit_use is None


def pay_standing(visit: ClientVisit, invoice: Invoice) -> PayStanding:
    """For one invoice of this client; the requests are read once for a page."""
    under_way = _open(visit).get(invoice.id, {})
    paying, reported = under_way.get(OrderKind.PAY_INVOICE), under_way.get(OrderKind.RECORD_PAYMENT)
    credit_use = under_way.get(OrderKind.APPLY_CREDIT)
    is_payable = (
        visit.allows(OrderKind.PAY_INVOICE) and invoice.can_be_paid() and is_any_way_open(visit.settings)
    )
    standing = PayStanding(False, paying, reported, credit_use)
    return dataclasses.replace(
        standing, may_pay=is_payable and reported is None and credit_use is None and not standing.is_held
    )


def invoice_status(visit: ClientVisit, invoice: Invoice) -> str:
    """The status a client is shown, by STATUS_WORDS: Zoho's; while something is still owed, what is under way
    comes first. Nothing is paid before Zoho says so.
    """
    standing = pay_standing(visit, invoice)
    if not invoice.is_unpaid:
        return shown_status(invoice)
    if standing.reported is not None:
        return "reported" if standing.reported.state is OrderState.PROPOSED else "reported_booking"
    paying = standing.being_paid
    if invoice.in_process or (paying is not None and "debit_since" in paying.result):
        return "debit"
    if paying is not None and "booking_since" in paying.result:
        return "booking"
    if standing.is_held and paying is not None:
        return "looked_at" if paying.state is OrderState.NEEDS_ATTENTION else "being_paid"
    return shown_status(invoice)


def _open(visit: ClientVisit) -> dict[str, dict[OrderKind, Order]]:
    """Invoice id → what would settle it and has not come to an end."""
    if "open_payments" not in g:
        found: dict[str, dict[OrderKind, Order]] = {}
        for order in latest_orders(visit):
            if order.kind in SETTLING and not order.is_final:
                found.setdefault(order.document_id, {})[order.kind] = order
        g.open_payments = found
    kept: dict[str, dict[OrderKind, Order]] = g.open_payments
    return kept
