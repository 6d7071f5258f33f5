"""Refunds of credit notes and of payments (FACTS 4.2, 4.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from connectors.zoho.books import operations
from connectors.zoho.books.list_query import MOST_PER_PAGE, ListQuery
from connectors.zoho.books.reading_answers import has_more, rows_of
from connectors.zoho.books.said import Said
from connectors.zoho.documents.refund import CreditNoteRefund, PaymentRefund
from connectors.zoho.errors import ZohoUnreadable
from connectors.zoho.http_line import ZohoLine
from connectors.zoho.operation import Call

MOST_PAGES = 5
R = TypeVar("R", CreditNoteRefund, PaymentRefund)


class Refunds:
    """All methods raise ZohoError. One unreadable row spoils the answer: a sum must not silently lack a
    part.
    """

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def of_credit_notes(self, contact_id: str) -> Said[tuple[CreditNoteRefund, ...]]:
        """Everything that was paid back to a customer from credit notes, all pages of it. A row names the
        credit note and no customer: whoever shows it compares the credit note (FACTS 2.5).
        """
        return self._all(
            operations.LIST_CONTACT_REFUNDS.at(contact_id), "creditnote_refunds", CreditNoteRefund.from_zoho
        )

    def of_payment(self, payment_id: str) -> Said[tuple[PaymentRefund, ...]]:
        """What was paid back of one payment."""
        said = self._all(
            operations.LIST_PAYMENT_REFUNDS.at(payment_id), "payment_refunds", PaymentRefund.from_zoho
        )
        if any(one.of_id != payment_id for one in said.value):
            why = "another payment's was sent"
            raise ZohoUnreadable(
                org=self._line.org, kind="refund of a payment", id=payment_id, field="payment_id", why=why
            )
        return said

    def _all(self, call: Call, key: str, read: Callable[..., R]) -> Said[tuple[R, ...]]:
        found: list[R] = []
        for page in range(1, MOST_PAGES + 1):
            params = ListQuery(page=page, per_page=MOST_PER_PAGE).params()
            answer = self._line.get(call, params)
            rows = rows_of(self._line, answer, key)
            found += [read(row, org=self._line.org) for row in rows]
            if not has_more(self._line, answer, len(rows), params, key):
                return Said(tuple(found), answer.said_at)
        raise ZohoUnreadable(
            org=self._line.org, kind=f"list of {key}", id="", field="page_context", why="it does not end"
        )
