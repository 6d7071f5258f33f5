"""Texts for the status of an order and what people can do. Never ahead of what Zoho confirmed."""

from __future__ import annotations

from cache.records.orders.order import Order, OrderState
from config.stored_messages import N_
from gateway.web.wording import _

HEADLINES = {
    OrderState.PROPOSED: N_("Reported, waiting for the merchant to confirm it"),
    OrderState.AT_CHECKOUT: N_("Going on at Zoho’s own page"),
    OrderState.RECORDED: N_("Recorded here, about to be sent to Zoho"),
    OrderState.SENDING: N_("On its way to Zoho"),
    OrderState.CONFIRMED: N_("Confirmed by Zoho"),
    OrderState.REFUSED: N_("This was refused"),
    OrderState.CHANGED: N_("Something changed before this reached Zoho"),
    OrderState.WAITING: N_("Kept here until Zoho can be reached"),
    OrderState.UNCERTAIN: N_("Sent, but the answer was lost: being checked with Zoho"),
    OrderState.NEEDS_ATTENTION: N_("A person is looking at this"),
    OrderState.WITHDRAWN: N_("Withdrawn before it was sent"),
}
HEADLINES_FOR_ANSWERS = {OrderState.CHANGED: N_("The estimate changed before this reached Zoho")}
ADVICE = {
    OrderState.PROPOSED: N_(
        "You may close this page. The invoice stays open until the merchant has found your payment."
    ),
    OrderState.AT_CHECKOUT: N_(
        "Once you have finished at Zoho, the outcome is shown here. Nothing is changed before that."
    ),
    OrderState.REFUSED: N_("Nothing was changed in Zoho. You may look at it again, or ask the merchant."),
    OrderState.CHANGED: N_("It was not sent. Please look at it again."),
    OrderState.NEEDS_ATTENTION: N_(
        "Zoho could not tell what became of it. You need not do anything; the outcome will be shown here."
    ),
    OrderState.WAITING: N_("You may close this page. It is sent as soon as Zoho can be reached."),
    OrderState.WITHDRAWN: N_("Nothing was changed in Zoho."),
    OrderState.UNCERTAIN: N_(
        "It is not repeated blindly: Zoho is read first, then this page says what is true."
    ),
}
HEADLINES_FOR_EDITS = {OrderState.PROPOSED: N_("Waiting for the merchant to agree")}
ADVICE_FOR_EDITS = {
    OrderState.PROPOSED: N_("You may close this page. Nothing changes before the merchant has agreed.")
}
ADVICE_FOR_ANSWERS = {
    OrderState.CHANGED: N_(
        "Your answer was not sent: it was to another offer than the one that stands now. Please look "
        "at it and answer again."
    ),
    OrderState.WITHDRAWN: N_("Nothing was changed in Zoho. You may answer the estimate again."),
}


def general_headline(order: Order) -> str:
    """Status of the order, in one line."""
    return _(HEADLINES[order.state])


def headline_for_answer(order: Order) -> str:
    return _(HEADLINES_FOR_ANSWERS.get(order.state, HEADLINES[order.state]))


def headline_for_edit(order: Order) -> str:
    return _(HEADLINES_FOR_EDITS.get(order.state, HEADLINES[order.state]))


def general_advice(order: Order) -> str:
    """What the client can do now, "" for nothing."""
    return _(ADVICE[order.state]) if order.state in ADVICE else ""


def advice_for_answer(order: Order) -> str:
    special = ADVICE_FOR_ANSWERS.get(order.state)
    return _(special) if special else general_advice(order)


def advice_for_edit(order: Order) -> str:
    special = ADVICE_FOR_EDITS.get(order.state)
    return _(special) if special else general_advice(order)
