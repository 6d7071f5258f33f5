"""A client's comment under an estimate or an invoice: looked for among the comments, so that it never stands
there twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.order import Order, OrderKind, OrderState
from config.phrases import Phrase
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from workers.job_setup import Resources
from workers.keep_said import keep_document
from workers.push.comment_words import comment_text, is_among
from workers.push.verdict import Next, Sent, Verdict, ended, nothing_to_see


@dataclass(frozen=True)
class Commented:
    """A document with what was written under it."""

    document: Estimate | Invoice
    comments: tuple[Comment, ...]


def look_at_estimate(desk: Resources, books: BooksClient, order: Order) -> Said[Commented]:
    """Two calls. Raises ZohoError."""
    said = books.estimates.get(order.document_id)
    keep_document(desk, order.org, "estimates", said)
    comments = books.estimates.comments(order.document_id)
    return Said(Commented(said.value, comments.value), comments.said_at)


def look_at_invoice(desk: Resources, books: BooksClient, order: Order) -> Said[Commented]:
    """Two calls. Raises ZohoError."""
    said = books.invoices.get(order.document_id)
    keep_document(desk, order.org, "invoices", said)
    comments = books.invoice_dealings.comments(order.document_id)
    return Said(Commented(said.value, comments.value), comments.said_at)


def judge_comment(order: Order, seen: Commented, today: dt.date, sent: Sent) -> Verdict:
    """The request's number among the comments is the proof: whatever an answer said, and whenever it was
    written.
    """
    if seen.document.customer_id != order.customer_id:
        return ended(OrderState.REFUSED, Phrase("This document no longer belongs to your company in Zoho."))
    if is_among(seen.comments, order):
        return Verdict(
            Next.CONFIRM, OrderState.CONFIRMED, Phrase("Your comment stands in Zoho."), {"status": "written"}
        )
    if not seen.document.is_for_clients and sent is not Sent.UNSETTLED:
        return ended(OrderState.CHANGED, Phrase("It was not written: the document was taken back in Zoho."))
    return nothing_to_see(
        order, sent, refused=Phrase("It was not written."), still=Phrase("Zoho does not show the comment.")
    )


def write(books: BooksClient, order: Order, seen: Commented) -> object:
    """The one call. Raises ZohoError."""
    if order.kind is OrderKind.COMMENT_INVOICE:
        return books.invoice_dealings.add_comment(order.document_id, comment_text(order))
    return books.estimates.add_comment(order.document_id, comment_text(order))
