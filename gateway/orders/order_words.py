"""What people read about an order: what was asked for, where it stands, what they can do. Never ahead of what
Zoho confirmed.
"""

from __future__ import annotations

import datetime as dt

from cache.records.order import ANSWERS, EDITS, Order, OrderKind, OrderState
from config.phrases import marked
from gateway.paying.payment_words import payment_headline, payment_next_words
from gateway.template_filters import clock, moment
from gateway.wording import _

SEE_TARGET = {
    OrderKind.COMMENT_INVOICE: marked("See the invoice"),
    OrderKind.EDIT_PERSON: marked("See the details"),
    OrderKind.EDIT_COMPANY: marked("See the details"),
    OrderKind.MARK_PRIMARY: marked("See the details"),
    OrderKind.APPLY_CREDIT: marked("See the invoice"),
    OrderKind.RECORD_PAYMENT: marked("See the invoice"),
    OrderKind.REPLACE_CARD: marked("See the subscription"),
    OrderKind.REPLACE_BANK_ACCOUNT: marked("See cards and bank accounts"),
    OrderKind.PAY_INVOICE: marked("See the invoice"),
}
HEADLINES = {
    OrderState.PROPOSED: marked("Reported, waiting for the merchant to confirm it"),
    OrderState.HANDED_OVER: marked("Going on at Zoho’s own page"),
    OrderState.RECORDED: marked("Recorded here, about to be sent to Zoho"),
    OrderState.SENDING: marked("On its way to Zoho"),
    OrderState.CONFIRMED: marked("Confirmed by Zoho"),
    OrderState.REFUSED: marked("This was refused"),
    OrderState.CHANGED: marked("Something changed before this reached Zoho"),
    OrderState.WAITING: marked("Kept here until Zoho can be reached"),
    OrderState.UNCERTAIN: marked("Sent, but the answer was lost: being checked with Zoho"),
    OrderState.NEEDS_ATTENTION: marked("A person is looking at this"),
    OrderState.WITHDRAWN: marked("Withdrawn before it was sent"),
}
HEADLINES_OF_ANSWERS = {OrderState.CHANGED: marked("The estimate changed before this reached Zoho")}
NEXT_WORDS = {
    OrderState.PROPOSED: marked(
        "You may close this page. The invoice stays open until the merchant has found your payment."
    ),
    OrderState.HANDED_OVER: marked(
        "Once you have finished at Zoho, the outcome is shown here. Nothing is changed before that."
    ),
    OrderState.REFUSED: marked("Nothing was changed in Zoho. You may look at it again, or ask the merchant."),
    OrderState.CHANGED: marked("It was not sent. Please look at it again."),
    OrderState.NEEDS_ATTENTION: marked(
        "Zoho could not tell what became of it. You need not do anything; the outcome will be shown here."
    ),
    OrderState.WAITING: marked("You may close this page. It is sent as soon as Zoho can be reached."),
    OrderState.WITHDRAWN: marked("Nothing was changed in Zoho."),
    OrderState.UNCERTAIN: marked(
        "It is not repeated blindly: Zoho is read first, then this page says what is true."
    ),
}
HEADLINES_OF_EDITS = {OrderState.PROPOSED: marked("Waiting for the merchant to agree")}
NEXT_WORDS_OF_EDITS = {
    OrderState.PROPOSED: marked("You may close this page. Nothing changes before the merchant has agreed.")
}
NEXT_TRIES = {
    OrderState.WAITING: marked("The next try is at %(time)s."),
    OrderState.UNCERTAIN: marked("Zoho is read again at %(time)s."),
    OrderState.HANDED_OVER: marked("Zoho is asked again at %(time)s."),
}
NEXT_WORDS_OF_ANSWERS = {
    OrderState.CHANGED: marked(
        "Your answer was not sent: it was to another offer than the one that stands now. Please look at it and answer again."
    ),
    OrderState.WITHDRAWN: marked("Nothing was changed in Zoho. You may answer the estimate again."),
}


def not_yet_confirmed(order: Order, reader: str, at: str = "") -> str:
    """Who answered an estimate, and when: "Accepted by you at 10:42, not yet confirmed by Zoho." reader:
    their account's id.
    """
    name, accepts = order.person_name, order.kind is OrderKind.ACCEPT_ESTIMATE
    if order.account_id == reader:
        if at:
            if accepts:
                return _("Accepted by you at %(time)s, not yet confirmed by Zoho.", time=at)
            return _("Declined by you at %(time)s, not yet confirmed by Zoho.", time=at)
        return (
            _("Accepted by you, not yet confirmed by Zoho")
            if accepts
            else _("Declined by you, not yet confirmed by Zoho")
        )
    if at:
        if accepts:
            return _("Accepted by %(name)s at %(time)s, not yet confirmed by Zoho.", name=name, time=at)
        return _("Declined by %(name)s at %(time)s, not yet confirmed by Zoho.", name=name, time=at)
    if accepts:
        return _("Accepted by %(name)s, not yet confirmed by Zoho", name=name)
    return _("Declined by %(name)s, not yet confirmed by Zoho", name=name)


def see_target(order: Order) -> str:
    """The words of the link to what it is about."""
    return _(SEE_TARGET.get(order.kind, marked("See the estimate")))


def headline(order: Order) -> str:
    """Where the order stands, in one line."""
    if order.kind is OrderKind.PAY_INVOICE:
        return payment_headline(order)
    of_kind = (
        HEADLINES_OF_ANSWERS if order.kind in ANSWERS else HEADLINES_OF_EDITS if order.kind in EDITS else {}
    )
    return _(of_kind.get(order.state, HEADLINES[order.state]))


def next_words(order: Order) -> str:
    """What the client can do now, "" where there is nothing to say."""
    if order.kind is OrderKind.PAY_INVOICE:
        return payment_next_words(order)
    of_kind = (
        NEXT_WORDS_OF_ANSWERS if order.kind in ANSWERS else NEXT_WORDS_OF_EDITS if order.kind in EDITS else {}
    )
    words = of_kind.get(order.state, NEXT_WORDS.get(order.state))
    return _(words) if words else ""


def next_try(order: Order) -> str:
    """When something happens next by itself, "" where nothing is planned or its time has come."""
    if order.state not in NEXT_TRIES or order.next_at is None or order.next_at <= dt.datetime.now(dt.UTC):
        return ""
    return _(NEXT_TRIES[order.state], time=clock(order.next_at))


def seen_version(order: Order) -> str:
    """Which version of the document the client saw, "" where Zoho names none (FACTS 9.10) or none was
    seen.
    """
    if not order.seen_version:
        return ""
    return _("Seen in the version of %(time)s", time=moment(dt.datetime.fromisoformat(order.seen_version)))


def words_label(order: Order) -> str:
    """What stands before the client's own words."""
    return _("Reason given:") if order.kind is OrderKind.DECLINE_ESTIMATE else _("Comment:")
