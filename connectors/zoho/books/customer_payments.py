"""Customer payments: what customers paid, as Zoho recorded it (FACTS 4.6)."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.books import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.offline_payment import OfflinePayment
from connectors.zoho.books.reading_answers import one_of, only_of_customer, page_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.payment import Payment
from connectors.zoho.http_line import ZohoLine
from connectors.zoho.line_answers import PdfAnswer


class CustomerPayments:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def list_page(
        self,
        page: int = 1,
        per_page: int = 200,
        *,
        modified_since: dt.datetime | None = None,
        sort: str = "",
        descending: bool = False,
        customer_id: str = "",
    ) -> Page[Payment]:
        """Rows; their key is `customerpayments`, whatever Zoho's file says (FACTS 9.1).

        modified_since is not documented here.
        """
        query = ListQuery(
            page=page,
            per_page=per_page,
            modified_since=modified_since,
            sort=sort,
            descending=descending,
            customer_id=customer_id,
        )
        found = page_of(
            self._line, operations.LIST_PAYMENTS, "customerpayments", Payment.from_zoho, query.params()
        )
        return only_of_customer(self._line, found, customer_id) if customer_id else found

    def get(self, payment_id: str) -> Said[Payment]:
        """The whole payment with the invoices it was applied to."""
        return one_of(
            self._line, operations.GET_PAYMENT.at(payment_id), "payment", Payment.from_zoho, payment_id
        )

    def with_reference(self, customer_id: str, reference: str) -> Said[tuple[Payment, ...]]:
        """Payments of this customer whose reference is exactly this one: how a payment whose answer was lost
        is found again (FACTS 3.3).

        Zoho may search loosely or ignore the filter, so customer and reference are compared again here.
        """
        params = {**ListQuery(customer_id=customer_id).params(), "reference_number": reference}
        found = only_of_customer(
            self._line,
            page_of(self._line, operations.LIST_PAYMENTS, "customerpayments", Payment.from_zoho, params),
            customer_id,
        )
        return Said(tuple(row for row in found.rows if row.reference == reference), found.said_at)

    def record(self, payment: OfflinePayment) -> Said[Payment]:
        """Record, once, a payment that was made elsewhere; it charges nobody. A repeat is a second payment
        (FACTS 4.6).

        The answer may not show yet what it did to the invoice: read the invoice again.
        """
        answer = self._line.post(operations.RECORD_PAYMENT.at(), payment.as_body())
        return Said(Payment.from_zoho(answer.body.get("payment"), org=self._line.org), answer.said_at)

    def record_once(self, payment: OfflinePayment, *, unique_field: str) -> Said[Payment]:
        """The same as an upsert by a field that accepts no duplicates, with the reference as its value: a
        repeat finds the first (FACTS 3.3). unique_field: its api name, cf_…. Needs the UPDATE scope.
        """
        if not unique_field:
            # Without its headers this address would mean every payment there is (FACTS 9.18).
            raise ValueError("an upsert needs the field that makes it one")
        headers = {
            "X-Unique-Identifier-Key": unique_field,
            "X-Unique-Identifier-Value": payment.reference,
            "X-Upsert": "true",
        }
        answer = self._line.put(operations.UPSERT_PAYMENT.at(), payment.as_body(), headers)
        return Said(Payment.from_zoho(answer.body.get("payment"), org=self._line.org), answer.said_at)

    def pdf(self, payment_id: str) -> PdfAnswer:
        """Zoho's receipt."""
        return self._line.pdf(operations.GET_PAYMENT.at(payment_id))
