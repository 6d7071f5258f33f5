"""The possible outcomes of an order, and the rules all kinds share when Zoho does not show its
effect. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from cache.records.orders.order import Order, OrderState
from config.stored_messages import N_, StoredMessage, join_messages

MOST_ROUNDS = 3
"""Lost responses after which a person decides, with both facts shown."""

MOST_CHANGES_TOLD = 5
CHANGED = N_("%(what)s: %(before)s → %(now)s")


class Sent(Enum):
    """What is known of our own request when the document was read."""

    NEVER = auto()
    UNSETTLED = auto()
    """It may still take effect: believe success, not yet its absence."""
    SETTLED = auto()
    """Long enough ago: what Zoho shows now is the result."""
    REFUSED = auto()
    """Zoho has just refused."""


class Next(Enum):
    CONFIRM = auto()
    SEND = auto()
    FETCH_AGAIN = auto()
    END = auto()


@dataclass(frozen=True)
class Verdict:
    """next: what to do. state, message, result: of the order, if this settles it. again_in: seconds until the
    next check, if the settle time does not decide.
    """

    next: Next
    state: OrderState
    message: str = ""
    result: dict[str, str] = field(default_factory=dict)
    again_in: float | None = None


def effect_not_shown(order: Order, sent: Sent, *, refused: StoredMessage, still: StoredMessage) -> Verdict:
    """The verdict when Zoho does not show the effect and nothing else contradicts it.

    refused, still: sentences for a refusal by Zoho, and for requests that never showed.
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
    """How many requests got no reliable response since a person last decided."""
    states = [step.state for step in order.steps]
    if OrderState.NEEDS_ATTENTION in states:
        states = states[len(states) - states[::-1].index(OrderState.NEEDS_ATTENTION) :]
    return sum(pair == (OrderState.SENDING, OrderState.UNCERTAIN) for pair in pairwise(states))


def ended(state: OrderState, message: str, result: dict[str, str] | None = None) -> Verdict:
    """Nothing is left to do."""
    return Verdict(Next.END, state, message, result or {})


def changes_message(changes: Sequence[tuple[str, str, str]]) -> StoredMessage:
    """What it is about, before, now: the difference in one line. Empty if it was saved again without a
    visible change.
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
