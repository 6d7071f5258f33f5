"""What is changed in Zoho for a client or a merchant: allowed fields only, exact amounts, found again by
reference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from cache.records.connections.call_budget import CallClass
from connectors.zoho.api.errors import ZohoRefused
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.contact_edits import NotAllowed
from connectors.zoho.books.offline_payment import OfflinePayment
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.address import Address
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.money import json_number
from tests.servers.sandbox_server import SandboxServer

REFERENCE = "R-7K3M-9QXD-4T2H"


@pytest.fixture
def books(zoho: ZohoClients, connect: Callable[..., str]) -> BooksClient:
    return zoho.books(connect(), CallClass.ORDER)


def an_unpaid_invoice(books: BooksClient) -> Invoice:
    rows = (row for page in (1, 2, 3) for row in books.invoices.list_page(page).rows)
    return next(row for row in rows if row.can_be_paid())


def a_payment(invoice: Invoice, amount: Decimal | None = None) -> OfflinePayment:
    paid = invoice.balance if amount is None else amount
    return OfflinePayment(
        customer_id=invoice.customer_id,
        amount=paid,
        date=dt.date(2026, 11, 20),
        mode="banktransfer",
        reference=REFERENCE,
        applied={invoice.id: paid},
    )


def test_recorded_by_a_field_without_duplicates_a_repeat_is_the_same_payment(
    zoho: ZohoClients, connect: Callable[..., str], sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.set(org.partition("-")[2], unique_payment_field="cf_receipt")
    books = zoho.books(org, CallClass.ORDER)
    invoice = an_unpaid_invoice(books)
    first = books.customer_payments.record_once(a_payment(invoice), unique_field="cf_receipt").value
    again = books.customer_payments.record_once(a_payment(invoice), unique_field="cf_receipt").value
    assert again.id == first.id
    assert [
        item.id for item in books.customer_payments.with_reference(invoice.customer_id, REFERENCE).value
    ] == [first.id]


def test_an_upsert_without_its_field_is_never_sent(books: BooksClient, sandbox: SandboxServer) -> None:
    invoice = an_unpaid_invoice(books)
    before = len(sandbox.calls())
    with pytest.raises(ValueError, match="field"):
        books.customer_payments.record_once(a_payment(invoice), unique_field="")
    assert len(sandbox.calls()) == before


def test_a_person_keeps_what_an_edit_leaves_out(books: BooksClient) -> None:
    contact = books.contacts.get(books.contacts.list_page().rows[0].id).value
    person = contact.persons[0]
    books.contact_edits.edit_person(
        contact.id, person.id, {"phone": "+1 555 0199"}, first_name=person.first_name
    )
    after = next(item for item in books.contacts.persons(contact.id).value if item.id == person.id)
    assert (after.phone, after.email, after.last_name) == ("+1 555 0199", person.email, person.last_name)


def test_editing_the_company_removes_nobody(books: BooksClient) -> None:
    contact = books.contacts.get(books.contacts.list_page().rows[0].id).value
    address = Address(street="1 New Quay", city="Portland", state="ME", zip="04101", country="U.S.A")
    books.contact_edits.edit_company(contact.id, contact_name=contact.name, billing_address=address)
    after = books.contacts.get(contact.id).value
    assert (after.billing_address.street, after.billing_address.city) == ("1 New Quay", "Portland")
    assert {person.id for person in after.persons} == {person.id for person in contact.persons}
    assert after.shipping_address == contact.shipping_address


@pytest.mark.parametrize(
    "field", ["enable_portal", "is_primary_contact", "contact_persons", "credit_limit", "payment_terms"]
)
def test_fields_of_the_merchant_never_leave_the_house(
    books: BooksClient, sandbox: SandboxServer, field: str
) -> None:
    contact = books.contacts.get(books.contacts.list_page().rows[0].id).value
    with pytest.raises(NotAllowed):
        books.contact_edits.edit_person(contact.id, contact.persons[0].id, {field: "1"}, first_name="A")
    assert [call for call in sandbox.calls() if call["method"] == "PUT"] == []


def test_an_offline_payment_is_found_again_by_its_reference_and_pays_the_invoice(books: BooksClient) -> None:
    invoice = an_unpaid_invoice(books)
    assert books.customer_payments.with_reference(invoice.customer_id, REFERENCE).value == ()
    made = books.customer_payments.record(a_payment(invoice)).value
    found = books.customer_payments.with_reference(invoice.customer_id, REFERENCE).value
    assert [item.id for item in found] == [made.id] and found[0].amount == invoice.balance
    assert books.invoices.get(invoice.id).value.balance == 0


def test_a_reference_that_only_begins_alike_is_not_ours(books: BooksClient) -> None:
    invoice = an_unpaid_invoice(books)
    books.customer_payments.record(a_payment(invoice))
    assert books.customer_payments.with_reference(invoice.customer_id, REFERENCE[:-1]).value == ()


def test_more_than_the_balance_is_refused_by_zoho(books: BooksClient) -> None:
    invoice = an_unpaid_invoice(books)
    assert invoice.balance is not None
    with pytest.raises(ZohoRefused):
        books.customer_payments.record(a_payment(invoice, invoice.balance + 1))


@pytest.mark.parametrize(
    "fault",
    [
        {"amount": Decimal(0)},
        {"amount": Decimal("-1")},
        {"applied": {"1": Decimal(11)}},
        {"reference": ""},
        {"mode": "cheque"},
        {"applied": {"": Decimal(1)}},
    ],
)
def test_a_payment_that_makes_no_sense_cannot_be_made(fault: dict[str, object]) -> None:
    sound = {
        "customer_id": "5",
        "amount": Decimal(10),
        "date": dt.date(2026, 11, 20),
        "mode": "cash",
        "reference": "R",
        "applied": {"1": Decimal(10)},
    }
    with pytest.raises(ValueError):
        OfflinePayment(**sound | fault)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["0.1", "1234.57", "9007199254740993", "-3", "1200.500"])
def test_an_amount_reaches_zoho_to_the_last_digit(text: str) -> None:
    assert Decimal(repr(json_number(Decimal(text)))) == Decimal(text)


def test_an_amount_that_a_json_number_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError):
        json_number(Decimal("12345678901234567.89"))


def test_a_comment_on_an_invoice_is_read_back(books: BooksClient) -> None:
    invoice = an_unpaid_invoice(books)
    books.invoice_actions.add_comment(invoice.id, "Lena Hartmann: is the second line right?")
    texts = [item.text for item in books.invoice_actions.comments(invoice.id).value]
    assert "Lena Hartmann: is the second line right?" in texts
