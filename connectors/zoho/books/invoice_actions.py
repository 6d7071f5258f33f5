"""What can be done about an invoice besides reading it: comments, credits, a payment link (zoho.md 4.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_responses import FetchedFile
from connectors.zoho.api.document_fetching import parse_rows, rows_of
from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books import operations
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.money import json_number


class InvoiceActions:
    """All methods raise ZohoError; writes may raise it with an unknown outcome and are never repeated
    here.
    """

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def comments(self, invoice_id: str) -> Fetched[tuple[Comment, ...]]:
        """System history and people's comments, mixed; never show them to clients unfiltered
        (zoho.md 4.4).
        """
        response = self._api.get(operations.LIST_INVOICE_COMMENTS.at(invoice_id))
        comments, _ = parse_rows(self._api, rows_of(self._api, response, "comments"), Comment.from_zoho)
        return Fetched(comments, response.as_of)

    def add_comment(self, invoice_id: str, text: str, show_to_clients: bool = True) -> dt.datetime:
        """Zoho names the connected merchant as the author: the text must name the real one."""
        body = {"description": text, "show_comment_to_clients": show_to_clients}
        return self._api.post(operations.ADD_INVOICE_COMMENT.at(invoice_id), body).as_of

    def apply_credits(
        self,
        invoice_id: str,
        *,
        payments: Mapping[str, Decimal] | None = None,
        credit_notes: Mapping[str, Decimal] | None = None,
    ) -> dt.datetime:
        """Apply unused payments and credit notes to this invoice: id → amount in its currency. Moves no
        money.

        Repeating applies more while credit is left (zoho.md 5.3): after an unknown outcome, read the invoice
        first.
        """
        if not payments and not credit_notes:
            raise ValueError("there is no credit to apply")
        body = {
            "invoice_payments": _applied_amounts("payment_id", payments),
            "apply_creditnotes": _applied_amounts("creditnote_id", credit_notes),
        }
        return self._api.post(operations.APPLY_CREDITS.at(invoice_id), body).as_of

    def document(self, invoice_id: str, document_id: str) -> FetchedFile:
        """A file the merchant attached. Not every file is meant for clients; the caller decides (zoho.md
        4.5).
        """
        return self._api.file(operations.GET_INVOICE_DOCUMENT.at(invoice_id, document_id))

    def payment_link(self, invoice_id: str, *, ends_on: dt.date) -> Fetched[str]:
        """A Zoho page where anyone with the URL can pay, until the day `ends_on`. Never logged or stored."""
        operations.GET_INVOICE.at(invoice_id)
        params = {
            "transaction_id": invoice_id,
            "transaction_type": "invoice",
            "link_type": "public",
            "expiry_time": ends_on.isoformat(),
        }
        response = self._api.get(operations.MAKE_PAYMENT_LINK.at(), params)
        data = response.body.get("data")
        link = data.get("share_link") if isinstance(data, dict) else None
        if not isinstance(link, str) or not link:
            raise ZohoUnreadable(
                org=self._api.org, kind="payment link", id=invoice_id, field="data.share_link"
            )
        return Fetched(link, response.as_of)


def _applied_amounts(id_name: str, amounts: Mapping[str, Decimal] | None) -> list[dict[str, Any]]:
    return [
        {id_name: item, "amount_applied": json_number(amount)} for item, amount in (amounts or {}).items()
    ]
