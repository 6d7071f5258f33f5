"""The two answers to an estimate: which states mean that it was done, and whether it is bound to the offer that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cache.records.order import OrderKind


@dataclass(frozen=True, kw_only=True)
class AnswerRule:
    """done_in: statuses in which it is done. binds_offer: whether it is only true for the very offer the client saw.
    done, noun: for sentences.
    """

    done_in: frozenset[str]
    binds_offer: bool
    done: str
    noun: str


ANSWER_RULES: Mapping[OrderKind, AnswerRule] = {
    # An accepted estimate may turn into an invoice in the same moment (FACTS 5.1).
    OrderKind.ACCEPT_ESTIMATE: AnswerRule(
        done_in=frozenset({"accepted", "invoiced"}), binds_offer=True, done="accepted", noun="acceptance"
    ),
    OrderKind.DECLINE_ESTIMATE: AnswerRule(
        done_in=frozenset({"declined"}), binds_offer=False, done="declined", noun="decline"
    ),
}
