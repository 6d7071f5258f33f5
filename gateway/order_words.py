"""What people read about an order: what was asked for, where it stands, what they can do. Never ahead of what Zoho confirmed."""

from __future__ import annotations

import datetime as dt

from cache.records.order import ANSWERS, Order, OrderKind, OrderState
from gateway.template_filters import clock, moment

DONE_WORDS = {OrderKind.ACCEPT_ESTIMATE: "Accepted", OrderKind.DECLINE_ESTIMATE: "Declined"}
TARGETS = {
    OrderKind.COMMENT_INVOICE: "invoice",
    OrderKind.EDIT_PERSON: "details",
    OrderKind.EDIT_COMPANY: "details",
    OrderKind.MARK_PRIMARY: "details",
    OrderKind.APPLY_CREDIT: "invoice",
    OrderKind.RECORD_PAYMENT: "invoice",
    OrderKind.REPLACE_CARD: "subscription",
}
HEADLINES = {
    OrderState.PROPOSED: "Reported, waiting for the merchant to confirm it",
    OrderState.HANDED_OVER: "Going on at Zoho’s own page",
    OrderState.RECORDED: "Recorded here, about to be sent to Zoho",
    OrderState.SENDING: "On its way to Zoho",
    OrderState.CONFIRMED: "Confirmed by Zoho",
    OrderState.REFUSED: "This was refused",
    OrderState.CHANGED: "The {target} changed before this reached Zoho",
    OrderState.WAITING: "Kept here until Zoho can be reached",
    OrderState.UNCERTAIN: "Sent, but the answer was lost: being checked with Zoho",
    OrderState.NEEDS_ATTENTION: "A person is looking at this",
    OrderState.WITHDRAWN: "Withdrawn before it was sent",
}
NEXT_WORDS = {
    OrderState.PROPOSED: "You may close this page. The invoice stays open until the merchant has found your payment.",
    OrderState.HANDED_OVER: "Once you have finished at Zoho, the outcome is shown here. Nothing is changed before that.",
    OrderState.REFUSED: "Nothing was changed in Zoho. You may look at the {target} again, or ask the merchant.",
    OrderState.CHANGED: "It was not sent. Please look at the {target} again.",
    OrderState.NEEDS_ATTENTION: "Zoho could not tell what became of it. You need not do anything; the outcome will be shown here.",
    OrderState.WAITING: "You may close this page. It is sent as soon as Zoho can be reached.",
    OrderState.WITHDRAWN: "Nothing was changed in Zoho.",
    OrderState.UNCERTAIN: "It is not repeated blindly: Zoho is read first, then this page says what is true.",
}
HEADLINES_OF_EDITS = {OrderState.PROPOSED: "Waiting for the merchant to agree"}
NEXT_WORDS_OF_EDITS = {OrderState.PROPOSED: "You may close this page. Nothing changes before the merchant has agreed."}
EDITS = frozenset({OrderKind.EDIT_PERSON, OrderKind.EDIT_COMPANY, OrderKind.MARK_PRIMARY})
NEXT_TRIES = {
    OrderState.WAITING: "The next try is at {at}.",
    OrderState.UNCERTAIN: "Zoho is read again at {at}.",
    OrderState.HANDED_OVER: "Zoho is asked again at {at}.",
}
NEXT_WORDS_OF_ANSWERS = {
    OrderState.CHANGED: (
        "Your answer was not sent: it was to another offer than the one that stands now. Please look at it and answer again."
    ),
    OrderState.WITHDRAWN: "Nothing was changed in Zoho. You may answer the estimate again.",
}


def done_word(order: Order) -> str:
    """Accepted or Declined, of an answer."""
    return DONE_WORDS[order.kind]


def target(order: Order) -> str:
    """What it is about: estimate, invoice or details."""
    return TARGETS.get(order.kind, "estimate")


def headline(order: Order) -> str:
    """Where the order stands, in one line."""
    of_edits = HEADLINES_OF_EDITS if order.kind in EDITS else {}
    return of_edits.get(order.state, HEADLINES[order.state]).format(target=target(order))


def next_words(order: Order) -> str:
    """What the client can do now, "" where there is nothing to say."""
    of_kind = NEXT_WORDS_OF_ANSWERS if order.kind in ANSWERS else NEXT_WORDS_OF_EDITS if order.kind in EDITS else {}
    return of_kind.get(order.state, NEXT_WORDS.get(order.state, "")).format(target=target(order))


def next_try(order: Order) -> str:
    """When something happens next by itself, "" where nothing is planned or its time has come."""
    if order.state not in NEXT_TRIES or order.next_at is None or order.next_at <= dt.datetime.now(dt.UTC):
        return ""
    return NEXT_TRIES[order.state].format(at=clock(order.next_at))


def seen_version(order: Order) -> str:
    """Which version of the document the client saw, "" where Zoho names none (FACTS 9.10) or none was seen."""
    return f"Seen in the version of {moment(dt.datetime.fromisoformat(order.seen_version))}" if order.seen_version else ""


def words_label(order: Order) -> str:
    """How the client's own words are called."""
    return "Reason given" if order.kind is OrderKind.DECLINE_ESTIMATE else "Comment"
