"""What people read about an order: what was asked for, where it stands, what they can do. Never ahead of what
Zoho confirmed.
"""

from __future__ import annotations

import datetime as dt

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.order import Order, OrderKind, OrderState
from config.stored_messages import N_
from gateway.requests.payment_texts import payment_advice, payment_headline
from gateway.web.template_filters import clock, moment
from gateway.web.wording import _

DOCUMENT_LINK_LABELS = {
    OrderKind.COMMENT_INVOICE: N_("See the invoice"),
    OrderKind.EDIT_PERSON: N_("See the details"),
    OrderKind.EDIT_COMPANY: N_("See the details"),
    OrderKind.MARK_PRIMARY: N_("See the details"),
    OrderKind.APPLY_CREDIT: N_("See the invoice"),
    OrderKind.RECORD_PAYMENT: N_("See the invoice"),
    OrderKind.REPLACE_CARD: N_("See the subscription"),
    OrderKind.REPLACE_BANK_ACCOUNT: N_("See cards and bank accounts"),
    OrderKind.PAY_INVOICE: N_("See the invoice"),
}
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
NEXT_TRIES = {
    OrderState.WAITING: N_("The next try is at %(time)s."),
    OrderState.UNCERTAIN: N_("Zoho is read again at %(time)s."),
    OrderState.AT_CHECKOUT: N_("Zoho is asked again at %(time)s."),
}
ADVICE_FOR_ANSWERS = {
    OrderState.CHANGED: N_(
        "Your answer was not sent: it was to another offer than the one that stands now. Please look "
        "at it and answer again."
    ),
    OrderState.WITHDRAWN: N_("Nothing was changed in Zoho. You may answer the estimate again."),
}


def unconfirmed_text(order: Order, reader: str, at: str = "") -> str:
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


def document_link_label(order: Order) -> str:
    """The words of the link to what it is about."""
    return _(DOCUMENT_LINK_LABELS.get(order.kind, N_("See the estimate")))


def headline(order: Order) -> str:
    """Where the order stands, in one line."""
    if order.kind is OrderKind.PAY_INVOICE:
        return payment_headline(order)
    of_kind = (
        HEADLINES_FOR_ANSWERS
        if is_in_family(order, OrderFamily.ANSWER)
        else HEADLINES_FOR_EDITS
        if is_in_family(order, OrderFamily.EDIT)
        else {}
    )
    return _(of_kind.get(order.state, HEADLINES[order.state]))


def advice(order: Order) -> str:
    """What the client can do now, "" where there is nothing to say."""
    if order.kind is OrderKind.PAY_INVOICE:
        return payment_advice(order)
    of_kind = (
        ADVICE_FOR_ANSWERS
        if is_in_family(order, OrderFamily.ANSWER)
        else ADVICE_FOR_EDITS
        if is_in_family(order, OrderFamily.EDIT)
        else {}
    )
    words = of_kind.get(order.state, ADVICE.get(order.state))
    return _(words) if words else ""


def next_try(order: Order) -> str:
    """When something happens next by itself, "" where nothing is planned or its time has come."""
    if order.state not in NEXT_TRIES or order.next_at is None or order.next_at <= dt.datetime.now(dt.UTC):
        return ""
    return _(NEXT_TRIES[order.state], time=clock(order.next_at))


def seen_version_text(order: Order) -> str:
    """Which version of the document the client saw, "" where Zoho names none (zoho.md 9.10) or none was
    seen.
    """
    if not order.seen_version:
        return ""
    return _("Seen in the version of %(time)s", time=moment(dt.datetime.fromisoformat(order.seen_version)))


def reason_label(order: Order) -> str:
    """What stands before the client's own words."""
    return _("Reason given:") if order.kind is OrderKind.DECLINE_ESTIMATE else _("Comment:")
