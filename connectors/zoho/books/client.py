"""Zoho Books of one organisation: one client per kind of document, over one line."""

from __future__ import annotations

from connectors.zoho.books.contact_edits import ContactEdits
from connectors.zoho.books.contacts import Contacts
from connectors.zoho.books.credit_notes import CreditNotes
from connectors.zoho.books.customer_payments import CustomerPayments
from connectors.zoho.books.estimates import Estimates
from connectors.zoho.books.invoice_dealings import InvoiceDealings
from connectors.zoho.books.invoices import Invoices
from connectors.zoho.books.organizations import Organizations
from connectors.zoho.books.recurring_invoices import RecurringInvoices
from connectors.zoho.books.refunds import Refunds
from connectors.zoho.http_line import ZohoLine


class BooksClient:
    """All calls go to the organisation of `line`."""

    def __init__(self, line: ZohoLine) -> None:
        self.org = line.org
        self.organizations = Organizations(line)
        self.contacts = Contacts(line)
        self.contact_edits = ContactEdits(line)
        self.estimates = Estimates(line)
        self.invoices = Invoices(line)
        self.invoice_dealings = InvoiceDealings(line)
        self.customer_payments = CustomerPayments(line)
        self.recurring_invoices = RecurringInvoices(line)
        self.credit_notes = CreditNotes(line)
        self.refunds = Refunds(line)
