"""Customer payments: what customers paid, as Zoho recorded it (zoho.md 4.6)."""

from __future__ import annotations

from connectors.zoho.api.document_client import PrintedDocumentClient
from connectors.zoho.api.document_fetching import only_of_customer
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.books.offline_payment import OfflinePayment
from connectors.zoho.documents.payment import Payment


class CustomerPayments(PrintedDocumentClient[Payment]):
    """The key of the rows is `customerpayments`, unlike in Zoho's specification (zoho.md 9.1). modified_since
    is not documented here. The PDF is Zoho's receipt.
    """

    document = Payment
    list_operation, list_key = operations.LIST_PAYMENTS, "customerpayments"
    get_operation, key = operations.GET_PAYMENT, "payment"

    def with_reference(self, customer_id: str, reference: str) -> Fetched[tuple[Payment, ...]]:
        """This customer's payments with exactly this reference: how to find a payment whose response was lost
        (zoho.md 3.3).

        Zoho may search loosely or ignore the filter, so customer and reference are compared again here.
        """
        params = {**ZohoListQuery(customer_id=customer_id).params(), "reference_number": reference}
        found = only_of_customer(self._api, self._fetch_page(params), customer_id)
        return Fetched(tuple(row for row in found.rows if row.reference == reference), found.as_of)

    def record(self, payment: OfflinePayment) -> Fetched[Payment]:
        """Record an offline payment once; it charges nothing. Repeating it records a second payment (zoho.md
        4.6).

        The response may not show the effect on the invoice yet: read the invoice again.
        """
        response = self._api.post(operations.RECORD_PAYMENT.at(), payment.as_body())
        return Fetched(Payment.from_zoho(response.body.get("payment"), org=self._api.org), response.as_of)

    def record_once(self, payment: OfflinePayment, *, unique_field: str) -> Fetched[Payment]:
        """The same as an upsert by a unique field with the reference as its value: a repeat finds the first
        payment (zoho.md 3.3). unique_field: its api name, cf_…. Needs the UPDATE scope.
        """
        if not unique_field:
            # Without its headers this URL would mean all payments (zoho.md 9.18).
            raise ValueError("an upsert needs the field that makes it one")
        headers = {
            "X-Unique-Identifier-Key": unique_field,
            "X-Unique-Identifier-Value": payment.reference,
            "X-Upsert": "true",
        }
        response = self._api.put(operations.UPSERT_PAYMENT.at(), payment.as_body(), headers)
        return Fetched(Payment.from_zoho(response.body.get("payment"), org=self._api.org), response.as_of)
