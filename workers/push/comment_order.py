"""A client's comment on an estimate or an invoice: searched among the comments, so that it is never posted
twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.orders.order import Order, OrderState
from config.stored_messages import StoredMessage
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from workers.copies.store_fetched import store_document
from workers.push.comment_text import comment_text, has_comment_of
from workers.push.verdict import Next, Sent, Verdict, effect_not_shown, ended
from workers.services import Services


@dataclass(frozen=True)
class Commented:
    """A document with its comments."""

    document: Estimate | Invoice
    comments: tuple[Comment, ...]


def fetch_estimate_comments(services: Services, books: BooksClient, order: Order) -> Fetched[Commented]:
    """Two calls. Raises ZohoError."""
    fetched = books.estimates.get(order.document_id)
    store_document(services, order.org, "estimates", fetched)
    comments = books.estimates.comments(order.document_id)
    return Fetched(Commented(fetched.value, comments.value), comments.as_of)


def fetch_invoice_comments(services: Services, books: BooksClient, order: Order) -> Fetched[Commented]:
    """Two calls. Raises ZohoError."""
    fetched = books.invoices.get(order.document_id)
    store_document(services, order.org, "invoices", fetched)
    comments = books.invoice_actions.comments(order.document_id)
    return Fetched(Commented(fetched.value, comments.value), comments.as_of)


def judge_comment(order: Order, seen: Commented, today: dt.date, sent: Sent) -> Verdict:
    """The request's number among the comments is the proof, whatever the response was."""
    if seen.document.customer_id != order.customer_id:
        return ended(
            OrderState.REFUSED, StoredMessage("This document no longer belongs to your company in Zoho.")
        )
    if has_comment_of(seen.comments, order):
        return Verdict(
            Next.CONFIRM,
            OrderState.CONFIRMED,
            StoredMessage("Your comment stands in Zoho."),
            {"status": "written"},
        )
    if not seen.document.is_for_clients and sent is not Sent.UNSETTLED:
        return ended(
            OrderState.CHANGED, StoredMessage("It was not written: the document was taken back in Zoho.")
        )
    return effect_not_shown(
        order,
        sent,
        refused=StoredMessage("It was not written."),
        still=StoredMessage("Zoho does not show the comment."),
    )


def send_estimate_comment(books: BooksClient, order: Order, seen: Commented) -> object:
    """The one call that writes. Raises ZohoError."""
    return books.estimates.add_comment(order.document_id, comment_text(order))


def send_invoice_comment(books: BooksClient, order: Order, seen: Commented) -> object:
    """The one call that writes. Raises ZohoError."""
    return books.invoice_actions.add_comment(order.document_id, comment_text(order))
