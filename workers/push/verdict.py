"""What may come of an order, and what every kind has in common when Zoho does not show its effect. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from cache.records.order import Order, OrderState
from config.phrases import Phrase, listed, marked

MOST_ROUNDS = 3
"""Sendings whose answer was lost. After that many a person decides, with both facts before them."""

MOST_CHANGES_TOLD = 5
CHANGED = marked("%(what)s: %(before)s → %(now)s")


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
    LOOK_AGAIN = auto()
    END = auto()


@dataclass(frozen=True)
class Verdict:
    """next: what to do. state, words, result: what the order comes to, if it is settled by this. again_in:
    seconds until it is looked at again, where that is not a matter of the settle time.
    """

    next: Next
    state: OrderState
    words: str = ""
    result: dict[str, str] = field(default_factory=dict)
    again_in: float | None = None


def nothing_to_see(order: Order, sent: Sent, *, refused: Phrase, still: Phrase) -> Verdict:
    """Zoho does not show the effect, and nothing speaks against it: what our own sending says about that.

    refused, still: sentences for a refusal by Zoho, and for sendings that never showed.
    """
    if sent is Sent.UNSETTLED:
        return Verdict(Next.LOOK_AGAIN, OrderState.UNCERTAIN)
    if sent is Sent.REFUSED:
        return ended(OrderState.REFUSED, listed((Phrase("Zoho refused it."), refused), " "))
    if sent is Sent.SETTLED and lost_rounds(order) >= MOST_ROUNDS:
        often = Phrase("It was sent %(times)s times.", times=MOST_ROUNDS)
        return ended(
            OrderState.NEEDS_ATTENTION, listed((often, still, Phrase("A person must look at it.")), " ")
        )
    return Verdict(Next.SEND, OrderState.SENDING)


def lost_rounds(order: Order) -> int:
    """How many sendings ended without an answer that could be believed, since a person last decided."""
    states = [step.state for step in order.steps]
    if OrderState.NEEDS_ATTENTION in states:
        states = states[len(states) - states[::-1].index(OrderState.NEEDS_ATTENTION) :]
    return sum(pair == (OrderState.SENDING, OrderState.UNCERTAIN) for pair in pairwise(states))


def ended(state: OrderState, words: str, result: dict[str, str] | None = None) -> Verdict:
    """Nothing is left to do."""
    return Verdict(Next.END, state, words, result or {})


def told(changes: Sequence[tuple[str, str, str]]) -> Phrase:
    """What it is about, before, now: the difference in one line. Something saved again without a visible
    change has none.
    """
    if not changes:
        return Phrase("What the page shows is the same as before.")
    none = Phrase("nothing")
    lines = [
        Phrase(CHANGED, what=what, before=before or none, now=now or none)
        for what, before, now in changes[:MOST_CHANGES_TOLD]
    ]
    if more := len(changes) - len(lines):
        lines.append(Phrase("and %(count)s more", count=more))
    return Phrase("%(changes)s.", changes=listed(lines))
