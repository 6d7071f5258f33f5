"""Zoho Books of one organisation: one client per kind of document, sharing one API client."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.books.contact_edits import ContactEdits
from connectors.zoho.books.contacts import Contacts
from connectors.zoho.books.credit_notes import CreditNotes
from connectors.zoho.books.customer_payments import CustomerPayments
from connectors.zoho.books.estimates import Estimates
from connectors.zoho.books.invoice_actions import InvoiceActions
from connectors.zoho.books.invoices import Invoices
from connectors.zoho.books.organizations import Organizations
from connectors.zoho.books.recurring_invoices import RecurringInvoices
from connectors.zoho.books.refunds import Refunds


class BooksClient:
    """All calls go to the organisation of `api`."""

    def __init__(self, api: ApiClient) -> None:
        self.org = api.org
        self.organizations = Organizations(api)
        self.contacts = Contacts(api)
        self.contact_edits = ContactEdits(api)
        self.estimates = Estimates(api)
        self.invoices = Invoices(api)
        self.invoice_actions = InvoiceActions(api)
        self.customer_payments = CustomerPayments(api)
        self.recurring_invoices = RecurringInvoices(api)
        self.credit_notes = CreditNotes(api)
        self.refunds = Refunds(api)
