"""Texts about a payment in progress at Zoho. It is called paid only when Zoho shows it as paid."""

from __future__ import annotations

from cache.records.orders.open_payment import is_dismissed
from cache.records.orders.order import Order, OrderState
from gateway.web.wording import _


def payment_headline(order: Order) -> str:
    """Status of an open payment, in one line."""
    if order.state is OrderState.AT_CHECKOUT:
        return _open_headline(order)
    if order.state is OrderState.CONFIRMED:
        return (
            _("Paid: Zoho shows the payment")
            if order.result.get("status") == "paid"
            else _("Paid in part: Zoho shows the payment")
        )
    if order.state is OrderState.CHANGED:
        return _("Not paid here: nothing is owed any more")
    if order.state is OrderState.NEEDS_ATTENTION:
        return _("A person is looking at this")
    return _("Not paid")


def payment_advice(order: Order) -> str:
    """What the client can do now."""
    if order.state is OrderState.AT_CHECKOUT:
        if "debit_since" in order.result:
            return _(
                "You may close this page. The invoice stays open until the bank has paid; you need "
                "not pay again."
            )
        return _("Coming back from Zoho does not make it paid: Zoho is asked, and the outcome is shown here.")
    if order.state is OrderState.CONFIRMED:
        return ""
    if order.state is OrderState.NEEDS_ATTENTION:
        return _("Please do not pay again before it is cleared up. The outcome will be shown here.")
    return _("Please look at the invoice before you pay.")


def _open_headline(order: Order) -> str:
    if "debit_since" in order.result:
        return _("A bank payment is on its way; this takes some days")
    if "booking_since" in order.result:
        return _("Payment received, being booked")
    return _("Cancelled here; Zoho is still asked") if is_dismissed(order) else _("Being paid on Zoho’s page")
