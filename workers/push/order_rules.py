"""One row per kind of order: what is asked of Zoho, and which states of the document mean that it was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cache.records.order import OrderKind
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.estimate import Estimate

MOST_ROUNDS = 3
"""Sendings whose answer was lost. After that many a person decides, with both facts before them."""


@dataclass(frozen=True, kw_only=True)
class OrderRule:
    """How an answer to an estimate is brought to Zoho.

    done_in: statuses in which it is done. send: the call, made at most once per sending. binds_offer: whether it is
    only true for the very offer the client saw. brings_reason: whether the client's reason follows as a comment.
    verb, done, noun: for sentences.
    """

    done_in: frozenset[str]
    send: Callable[[BooksClient, Estimate], object]
    binds_offer: bool
    brings_reason: bool
    verb: str
    done: str
    noun: str


ORDER_RULES: Mapping[OrderKind, OrderRule] = {
    # An accepted estimate may turn into an invoice in the same moment (FACTS 5.1).
    OrderKind.ACCEPT_ESTIMATE: OrderRule(
        done_in=frozenset({"accepted", "invoiced"}),
        send=lambda books, estimate: books.estimates.mark_accepted(estimate.id),
        binds_offer=True, brings_reason=False, verb="accept", done="accepted", noun="acceptance",
    ),
    OrderKind.DECLINE_ESTIMATE: OrderRule(
        done_in=frozenset({"declined"}),
        send=lambda books, estimate: books.estimates.mark_declined(estimate.id),
        binds_offer=False, brings_reason=True, verb="decline", done="declined", noun="decline",
    ),
}  # fmt: skip
