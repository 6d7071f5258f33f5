"""A payment that a client made elsewhere: what cannot be reported, and the order that waits for the
merchant's word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from cache.records.order import Order, OrderKind, OrderState, new_order_id
from cache.records.payment_proofs import PaymentProof
from cache.records.reported_payment import ReportedPayment, as_shown
from config.phrases import Phrase
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit
from gateway.orders.recording import record_order
from gateway.template_filters import money, today
from gateway.wiring import wired
from gateway.wording import _, ngettext

OLDEST = dt.timedelta(days=366)


def open_report(orders: list[Order]) -> Order | None:
    """The reported payment among an invoice's orders that is not settled yet."""
    return next((one for one in orders if one.kind is OrderKind.RECORD_PAYMENT and not one.is_final), None)


def report_faults(invoice: Invoice, amount: Decimal, date: dt.date) -> dict[str, str]:
    """What no schema can know, field → sentence. Money is exact in its currency: no yen has cents."""
    errors = {}
    places = get_currency_precision(invoice.currency)
    if amount != round(amount, places):
        errors["amount"] = _places_words(invoice.currency, places)
    elif amount > invoice.balance:
        errors["amount"] = _(
            "Only %(amount)s is still to pay on this invoice.",
            amount=money(invoice.balance, invoice.currency),
        )
    if date > today():
        errors["date"] = _("This day is still to come.")
    elif date < today() - OLDEST:
        errors["date"] = _("This is more than a year ago. Please ask the merchant directly.")
    return errors


def record_report(
    visit: ClientVisit, invoice: Invoice, told: Mapping[str, Any], proof: PaymentProof | None
) -> Order:
    """For the merchant to confirm; the open report where there is one already. told: a PaymentReportForm
    without errors.
    """
    order_id, shown = new_order_id(), as_shown(ReportedPayment(told["date"], told["mode"], told["reference"]))
    if proof is not None:
        # Before the order: what its receipt says is attached is there.
        wired().payment_proofs.put(visit.scope.org, order_id, proof)
        shown |= {"proof": proof.kind}
    kept = record_order(
        visit,
        form_key=told["form_key"],
        order_id=order_id,
        kind=OrderKind.RECORD_PAYMENT,
        document_id=invoice.id,
        document_number=invoice.number,
        words=Phrase(
            "%(name)s reported a payment. %(merchant)s is asked to confirm it.",
            name=visit.account.name,
            merchant=visit.merchant_name,
        ),
        seen_version=invoice.version,
        seen_total=told["amount"],
        currency=invoice.currency,
        shown=shown,
        state=OrderState.PROPOSED,
    )
    if proof is not None and kept.id != order_id:
        wired().payment_proofs.forget(visit.scope.org, order_id)
    return kept


def _places_words(currency: str, places: int) -> str:
    if not places:
        return _("%(currency)s has no decimal places.", currency=currency)
    return ngettext(
        "%(currency)s has %(num)s decimal place.",
        "%(currency)s has %(num)s decimal places.",
        places,
        currency=currency,
    )
