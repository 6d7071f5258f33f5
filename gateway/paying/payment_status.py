"""Decides whether Pay is offered on an invoice and what is shown instead. All pages use
this module, so that they agree.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from flask import g

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.open_payment import is_dismissed
from cache.records.orders.order import Order, OrderKind, OrderState
from connectors.zoho.documents.invoice import Invoice
from gateway.paying.payment_routes import has_any_route
from gateway.requests.open_orders import latest_orders
from gateway.web.access import ClientVisit
from gateway.web.template_filters import effective_status


@dataclass(frozen=True)
class PaymentStatus:
    """may_pay: whether Pay is offered. open_payment: the open payment at Zoho's page, including a dismissed
    one. reported: the payment awaiting the merchant's confirmation. credit_use: credit being applied in Zoho.
    """

    may_pay: bool
    open_payment: Order | None = None
    reported: Order | None = None
    credit_use: Order | None = None

    @property
    def is_being_paid(self) -> bool:
        """Whether a payment is in progress, which blocks starting another one."""
        return self.open_payment is not None and not is_dismissed(self.open_payment)

    @property
    def may_use_credit(self) -> bool:
        """Whether nothing else that would settle the invoice is in progress."""
        return not self.is_being_paid and self.reported is None and self.credit_use is None


def payment_status_of(visit: ClientVisit, invoice: Invoice) -> PaymentStatus:
    """Status of one of this client's invoices. Orders are read once per request."""
    under_way = _open_orders(visit).get(invoice.id, {})
    paying, reported = under_way.get(OrderKind.PAY_INVOICE), under_way.get(OrderKind.RECORD_PAYMENT)
    credit_use = under_way.get(OrderKind.APPLY_CREDIT)
    is_payable = (
        visit.allows(OrderKind.PAY_INVOICE) and invoice.can_be_paid() and has_any_route(visit.settings)
    )
    payment_status = PaymentStatus(False, paying, reported, credit_use)
    return dataclasses.replace(
        payment_status,
        may_pay=is_payable and reported is None and credit_use is None and not payment_status.is_being_paid,
    )


def invoice_status(visit: ClientVisit, invoice: Invoice) -> str:
    """The status shown to a client, a key of STATUS_LABELS: Zoho's own, unless the balance is open and
    something is in progress. Never paid before Zoho says so.
    """
    payment_status = payment_status_of(visit, invoice)
    if not invoice.is_unpaid:
        return effective_status(invoice)
    if payment_status.reported is not None:
        return "reported" if payment_status.reported.state is OrderState.PROPOSED else "reported_booking"
    paying = payment_status.open_payment
    if invoice.in_process or (paying is not None and "debit_since" in paying.result):
        return "debit"
    if paying is not None and "booking_since" in paying.result:
        return "booking"
    if payment_status.is_being_paid and paying is not None:
        return "looked_at" if paying.state is OrderState.NEEDS_ATTENTION else "being_paid"
    return effective_status(invoice)


def _open_orders(visit: ClientVisit) -> dict[str, dict[OrderKind, Order]]:
    """Invoice id → its unfinished orders that would settle it."""
    if "open_payments" not in g:
        found: dict[str, dict[OrderKind, Order]] = {}
        for order in latest_orders(visit):
            if is_in_family(order, OrderFamily.SETTLEMENT) and not order.is_final:
                found.setdefault(order.document_id, {})[order.kind] = order
        g.open_payments = found
    kept: dict[str, dict[OrderKind, Order]] = g.open_payments
    return kept
