"""What may come of an order, and what every kind has in common when Zoho does not show its effect. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from cache.records.orders.order import Order, OrderState
from config.stored_messages import N_, StoredMessage, join_messages

MOST_ROUNDS = 3
"""Sendings whose answer was lost. After that many a person decides, with both facts before them."""

MOST_CHANGES_TOLD = 5
CHANGED = N_("%(what)s: %(before)s → %(now)s")


class Sent(Enum):
    """What is known of our own sending at the moment the estimate was read."""

    NEVER = auto()
    UNSETTLED = auto()
    """It may still take effect: good news can be believed, bad news cannot yet."""
    SETTLED = auto()
    """Long enough ago: what Zoho shows now is what became of it."""
    REFUSED = auto()
    """Zoho has just said no."""


class Next(Enum):
    CONFIRM = auto()
    SEND = auto()
    FETCH_AGAIN = auto()
    END = auto()


@dataclass(frozen=True)
class Verdict:
    """next: what to do. state, message, result: what the order comes to, if it is settled by this. again_in:
    seconds until it is looked at again, where that is not a matter of the settle time.
    """

    next: Next
    state: OrderState
    message: str = ""
    result: dict[str, str] = field(default_factory=dict)
    again_in: float | None = None


def effect_not_shown(order: Order, sent: Sent, *, refused: StoredMessage, still: StoredMessage) -> Verdict:
    """Zoho does not show the effect, and nothing speaks against it: what our own sending says about that.

    refused, still: sentences for a refusal by Zoho, and for sendings that never showed.
    """
    if sent is Sent.UNSETTLED:
        return Verdict(Next.FETCH_AGAIN, OrderState.UNCERTAIN)
    if sent is Sent.REFUSED:
        return ended(OrderState.REFUSED, join_messages((StoredMessage("Zoho refused it."), refused), " "))
    if sent is Sent.SETTLED and lost_rounds(order) >= MOST_ROUNDS:
        often = StoredMessage("It was sent %(times)s times.", times=MOST_ROUNDS)
        return ended(
            OrderState.NEEDS_ATTENTION,
            join_messages((often, still, StoredMessage("A person must look at it.")), " "),
        )
    return Verdict(Next.SEND, OrderState.SENDING)


def lost_rounds(order: Order) -> int:
    """How many sendings ended without an answer that could be believed, since a person last decided."""
    states = [step.state for step in order.steps]
    if OrderState.NEEDS_ATTENTION in states:
        states = states[len(states) - states[::-1].index(OrderState.NEEDS_ATTENTION) :]
    return sum(pair == (OrderState.SENDING, OrderState.UNCERTAIN) for pair in pairwise(states))


def ended(state: OrderState, message: str, result: dict[str, str] | None = None) -> Verdict:
    """Nothing is left to do."""
    return Verdict(Next.END, state, message, result or {})


def changes_message(changes: Sequence[tuple[str, str, str]]) -> StoredMessage:
    """What it is about, before, now: the difference in one line. Something saved again without a visible
    change has none.
    """
    if not changes:
        return StoredMessage("What the page shows is the same as before.")
    none = StoredMessage("nothing")
    lines = [
        StoredMessage(CHANGED, what=what, before=before or none, now=now or none)
        for what, before, now in changes[:MOST_CHANGES_TOLD]
    ]
    if more := len(changes) - len(lines):
        lines.append(StoredMessage("and %(count)s more", count=more))
    return StoredMessage("%(changes)s.", changes=join_messages(lines))
