"""Payments that clients made elsewhere: validation, and the order that awaits the merchant's confirmation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from cache.records.orders.order import Order, OrderKind, OrderState, new_order_id
from cache.records.orders.payment_proofs import PaymentProof
from cache.records.orders.reported_payment import ReportedPayment
from config.stored_messages import StoredMessage
from connectors.zoho.documents.invoice import Invoice
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import money, today
from gateway.web.wording import _, ngettext

MAX_REPORT_AGE = dt.timedelta(days=366)


def open_report(orders: list[Order]) -> Order | None:
    """The first unsettled reported payment among an invoice's orders."""
    return next(
        (order for order in orders if order.kind is OrderKind.RECORD_PAYMENT and not order.is_final), None
    )


def report_errors(invoice: Invoice, amount: Decimal, date: dt.date) -> dict[str, str]:
    """Field → message, for rules that need the invoice. The amount must fit the currency:
    yen has no cents.
    """
    errors = {}
    places = get_currency_precision(invoice.currency)
    if amount != round(amount, places):
        errors["amount"] = _decimal_places_text(invoice.currency, places)
    elif amount > invoice.balance:
        errors["amount"] = _(
            "Only %(amount)s is still to pay on this invoice.",
            amount=money(invoice.balance, invoice.currency),
        )
    if date > today():
        errors["date"] = _("This day is still to come.")
    elif date < today() - MAX_REPORT_AGE:
        errors["date"] = _("This is more than a year ago. Please ask the merchant directly.")
    return errors


def record_report(
    visit: ClientVisit, invoice: Invoice, values: Mapping[str, Any], proof: PaymentProof | None
) -> Order:
    """Record it for the merchant to confirm, or return the report already open. values:
    from a valid PaymentReportForm.
    """
    order_id, payload = (
        new_order_id(),
        ReportedPayment(
            values["date"], values["mode"], values["reference"], "" if proof is None else proof.kind
        ),
    )
    if proof is not None:
        # Before the order, so that a receipt never lists a missing attachment.
        services().payment_proofs.put(visit.scope.org, order_id, proof)
    kept = record_order(
        visit,
        NewOrder(
            id=order_id,
            kind=OrderKind.RECORD_PAYMENT,
            document_id=invoice.id,
            document_number=invoice.number,
            message=StoredMessage(
                "%(name)s reported a payment. %(merchant)s is asked to confirm it.",
                name=visit.account.name,
                merchant=visit.merchant_name,
            ),
            seen_version=invoice.version,
            seen_total=values["amount"],
            currency=invoice.currency,
            payload=payload,
            state=OrderState.PROPOSED,
        ),
        form_key=values["form_key"],
    )
    if proof is not None and kept.id != order_id:
        services().payment_proofs.forget(visit.scope.org, order_id)
    return kept


def _decimal_places_text(currency: str, places: int) -> str:
    if not places:
        return _("%(currency)s has no decimal places.", currency=currency)
    return ngettext(
        "%(currency)s has %(num)s decimal place.",
        "%(currency)s has %(num)s decimal places.",
        places,
        currency=currency,
    )
