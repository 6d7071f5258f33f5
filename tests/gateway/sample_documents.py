"""Documents as Zoho says them, with figures that tell when they are mixed up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from connectors.zoho.documents.address import Address
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.line_item import LineItem, TaxLine
from connectors.zoho.documents.payment import AppliedAmount, Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice

CUSTOMER = "46000000001001"
OTHER_CUSTOMER = "46000000001002"
PERSON = "46000000002001"
MODIFIED = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)


def today() -> dt.date:
    """The calendar day in UTC, the zone of the organisation the tests use."""
    return dt.datetime.now(dt.UTC).date()


def an_estimate(estimate_id: str = "46000000003001", **changes: Any) -> Estimate:
    """A sent estimate over 1,250.50 USD that can be answered for another ten days."""
    given: dict[str, Any] = {
        "number": f"EST-{estimate_id[-6:]}",
        "reference": "Spring refit",
        "status": "sent",
        "customer_id": CUSTOMER,
        "customer_name": "Northwind Traders",
        "date": today() - dt.timedelta(days=4),
        "expires_on": today() + dt.timedelta(days=10),
        "total": Decimal("1250.50"),
        "currency": "USD",
        "precision": 2,
        "sub_total": Decimal("1150.00"),
        "tax_total": Decimal("100.50"),
        "line_items": (
            LineItem(
                id="1",
                name="Sail cloth",
                description="Heavy, white",
                quantity=Decimal("2.00"),
                unit="m",
                rate=Decimal("500.00"),
                total=Decimal("1000.00"),
            ),
            LineItem(
                id="2",
                name="Fitting",
                quantity=Decimal("1.50"),
                unit="h",
                rate=Decimal("100.00"),
                total=Decimal("150.00"),
            ),
        ),
        "taxes": (TaxLine(name="Sales tax", amount=Decimal("100.50")),),
        "notes": "Thank you for asking us.",
        "terms": "Half in advance.",
        "billing_address": Address(street="1 Pier Road", city="Portland", zip="04101", country="USA"),
        "modified_at": MODIFIED,
    }
    return Estimate(id=estimate_id, **{**given, **changes})


def an_invoice(invoice_id: str = "46000000004001", **changes: Any) -> Invoice:
    """A sent invoice over 300.00 USD, due in five days."""
    given: dict[str, Any] = {
        "number": f"INV-{invoice_id[-6:]}",
        "status": "sent",
        "customer_id": CUSTOMER,
        "customer_name": "Northwind Traders",
        "date": today() - dt.timedelta(days=20),
        "due_on": today() + dt.timedelta(days=5),
        "total": Decimal("300.00"),
        "balance": Decimal("300.00"),
        "currency": "USD",
        "precision": 2,
        "sub_total": Decimal("300.00"),
        "line_items": (
            LineItem(
                id="9", name="Mooring", quantity=Decimal("3"), rate=Decimal("100.00"), total=Decimal("300.00")
            ),
        ),
        "modified_at": MODIFIED,
    }
    return Invoice(id=invoice_id, **{**given, **changes})


def a_payment(payment_id: str = "46000000005001", **changes: Any) -> Payment:
    """A bank transfer of 75.25 USD for one invoice."""
    given: dict[str, Any] = {
        "number": f"PAY-{payment_id[-6:]}",
        "customer_id": CUSTOMER,
        "customer_name": "Northwind Traders",
        "date": today() - dt.timedelta(days=2),
        "amount": Decimal("75.25"),
        "currency": "USD",
        "mode": "Bank Transfer",
        "reference": "TR-88",
        "invoice_numbers": ("INV-004001",),
        "applied": (AppliedAmount("46000000004001", "INV-004001", Decimal("75.25")),),
        "modified_at": MODIFIED,
    }
    return Payment(id=payment_id, **{**given, **changes})


def a_credit_note(creditnote_id: str = "46000000007001", **changes: Any) -> CreditNote:
    """An open credit note over 40.00 USD of which nothing has been used."""
    given: dict[str, Any] = {
        "number": f"CN-{creditnote_id[-6:]}",
        "status": "open",
        "customer_id": CUSTOMER,
        "customer_name": "Northwind Traders",
        "date": today() - dt.timedelta(days=10),
        "total": Decimal("40.00"),
        "balance": Decimal("40.00"),
        "currency": "USD",
        "precision": 2,
        "line_items": (LineItem(id="11", name="Torn sail", quantity=Decimal(1)),),
        "modified_at": MODIFIED,
    }
    return CreditNote(id=creditnote_id, **{**given, **changes})


def a_customer(customer_id: str = CUSTOMER, **changes: Any) -> Contact:
    """The customer with one contact person."""
    given: dict[str, Any] = {
        "name": "Northwind Traders",
        "company_name": "Northwind Traders Inc.",
        "kind": "customer",
        "status": "active",
        "currency": "USD",
        "phone": "+1 207 555 0100",
        "outstanding": Decimal("300.00"),
        "unused_credits": Decimal("12.00"),
        "billing_address": Address(
            street="1 Pier Road", city="Portland", zip="04101", country="USA", phone="+1 207 555 0101"
        ),
        "persons": (
            ContactPerson(
                id=PERSON,
                contact_id=customer_id,
                first_name="Nora",
                last_name="West",
                email="nora@northwind.example",
                designation="Owner",
            ),
        ),
        "modified_at": MODIFIED,
    }
    return Contact(id=customer_id, **{**given, **changes})


def a_recurring_invoice(recurring_invoice_id: str = "46000000006001", **changes: Any) -> RecurringInvoice:
    """A profile that makes an invoice each month: what stands in for a subscription."""
    given: dict[str, Any] = {
        "name": "Winter berth",
        "status": "active",
        "customer_id": CUSTOMER,
        "starts_on": today() - dt.timedelta(days=60),
        "next_on": today() + dt.timedelta(days=10),
        "currency": "USD",
        "modified_at": MODIFIED,
    }
    return RecurringInvoice(id=recurring_invoice_id, **{**given, **changes})
