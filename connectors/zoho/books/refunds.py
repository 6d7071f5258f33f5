"""Refunds of credit notes and of payments (zoho.md 4.2, 4.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import has_more, rows_of
from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.api.list_query import MAX_PER_PAGE, ZohoListQuery
from connectors.zoho.api.operation import Call
from connectors.zoho.books import operations
from connectors.zoho.documents.refund import CreditNoteRefund, PaymentRefund

MAX_PAGES = 5
R = TypeVar("R", CreditNoteRefund, PaymentRefund)


class Refunds:
    """All methods raise ZohoError. One unreadable row makes the answer unreadable: a sum must not silently
    lack a part.
    """

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def of_credit_notes(self, contact_id: str) -> Fetched[tuple[CreditNoteRefund, ...]]:
        """All refunds of credit notes, all pages. A row names the credit note but no customer: compare the
        credit note before showing it (zoho.md 2.5).
        """
        return self._all(
            operations.LIST_CONTACT_REFUNDS.at(contact_id), "creditnote_refunds", CreditNoteRefund.from_zoho
        )

    def of_payment(self, payment_id: str) -> Fetched[tuple[PaymentRefund, ...]]:
        """Refunds of one payment."""
        fetched = self._all(
            operations.LIST_PAYMENT_REFUNDS.at(payment_id), "payment_refunds", PaymentRefund.from_zoho
        )
        if any(item.of_id != payment_id for item in fetched.value):
            why = "another payment's was sent"
            raise ZohoUnreadable(
                org=self._api.org, kind="refund of a payment", id=payment_id, field="payment_id", why=why
            )
        return fetched

    def _all(self, call: Call, key: str, parse: Callable[..., R]) -> Fetched[tuple[R, ...]]:
        found: list[R] = []
        for page in range(1, MAX_PAGES + 1):
            params = ZohoListQuery(page=page, per_page=MAX_PER_PAGE).params()
            response = self._api.get(call, params)
            rows = rows_of(self._api, response, key)
            found += [parse(row, org=self._api.org) for row in rows]
            if not has_more(self._api, response, len(rows), params, key):
                return Fetched(tuple(found), response.as_of)
        raise ZohoUnreadable(
            org=self._api.org, kind=f"list of {key}", id="", field="page_context", why="it does not end"
        )
