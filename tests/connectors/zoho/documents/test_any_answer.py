"""Whatever Zoho sends: no crash, no invented figure, and what was read survives our own stores exactly."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import AppliedCredit, InvoicePayment
from connectors.zoho.documents.money import Money
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.stored_form import Document
from connectors.zoho.documents.zoho_user import ZohoUser
from connectors.zoho.errors import ZohoUnreadable

ids = st.integers(1, 10**19).map(str)
amounts = st.one_of(st.integers(-(10**12), 10**12), st.decimals(-(10**12), 10**12, places=3), st.decimals(0, 10**6, places=2).map(str))
days = st.dates().map(lambda day: day.isoformat())
times = st.tuples(
    st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2090, 1, 1)),  # noqa: DTZ001 - zones follow
    st.sampled_from(["-0400", "+0000", "+0530", "+1300"]),
).map(lambda pair: pair[0].strftime("%Y-%m-%dT%H:%M:%S") + pair[1])
nothing = st.sampled_from(["", None])
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(), st.text(max_size=8), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


def fields(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional={name: st.one_of(nothing, good) for name, good in optional.items()})


addresses = fields(
    {},
    {
        "address": st.text(max_size=20),
        "zip": st.text(max_size=6),
        "zipcode": st.text(max_size=6),
        "city": st.text(max_size=9),
    },
)
lines = st.lists(
    fields(
        {},
        {
            "line_item_id": ids,
            "name": st.text(max_size=9),
            "quantity": amounts,
            "rate": amounts,
            "item_total": amounts,
            "discount": st.one_of(amounts, st.just("12.5%")),
        },
    ),
    max_size=3,
)
taxes = st.lists(fields({}, {"tax_name": st.text(max_size=9), "tax_amount": amounts}), max_size=2)
person = fields(
    {"contact_person_id": ids},
    {"first_name": st.text(max_size=9), "email": st.text(max_size=9), "is_primary_contact": st.booleans()},
)
document_parts = {
    "date": days,
    "last_modified_time": times,
    "price_precision": st.integers(0, 4),
    "sub_total": amounts,
    "tax_total": amounts,
    "discount": amounts,
    "shipping_charge": amounts,
    "line_items": lines,
    "taxes": taxes,
    "billing_address": addresses,
    "notes": st.text(max_size=20),
}
bodies: dict[type[Document], st.SearchStrategy[dict[str, Any]]] = {
    Estimate: fields(
        {
            "estimate_id": ids,
            "status": st.text(min_size=1, max_size=9),
            "customer_id": ids,
            "total": amounts,
            "currency_code": st.just("BHD"),
        },
        document_parts | {"expiry_date": days, "invoice_ids": st.lists(ids, max_size=2)},
    ),
    Invoice: fields(
        {
            "invoice_id": ids,
            "status": st.text(min_size=1, max_size=9),
            "customer_id": ids,
            "total": amounts,
            "balance": amounts,
            "currency_code": st.just("JPY"),
        },
        document_parts | {"due_date": days, "allow_partial_payments": st.booleans(), "payment_made": amounts},
    ),
    Payment: fields(
        {"payment_id": ids, "customer_id": ids, "amount": amounts},
        {
            "invoices": st.lists(fields({}, {"invoice_id": ids, "amount_applied": amounts}), max_size=2),
            "updated_time": times,
            "unused_amount": amounts,
        },
    ),
    Contact: fields(
        {"contact_id": ids},
        {
            "contact_persons": st.lists(person, max_size=2),
            "outstanding_receivable_amount": amounts,
            "created_time": times,
            "shipping_address": addresses,
        },
    ),
    ContactPerson: person,
    Organization: fields(
        {"organization_id": ids},
        {"address": addresses, "org_address": st.text(max_size=20), "is_org_active": st.booleans()},
    ),
    CreditNote: fields(
        {
            "creditnote_id": ids,
            "status": st.just("open"),
            "customer_id": ids,
            "total": amounts,
            "balance": amounts,
            "currency_code": st.just("USD"),
        },
        {"line_items": lines, "date": days},
    ),
    RecurringInvoice: fields(
        {"recurring_invoice_id": ids, "status": st.just("active"), "customer_id": ids},
        {"next_invoice_date": days, "total": amounts},
    ),
    Comment: fields({"comment_id": ids}, {"description": st.text(max_size=20), "comment_type": st.just("system"), "date": days}),
    ZohoUser: fields({"user_id": ids}, {"email": st.text(max_size=9)}),
    InvoicePayment: fields({"payment_id": ids, "amount": amounts}, {"date": days}),
    AppliedCredit: fields({"creditnote_id": ids, "amount_applied": amounts}, {"credited_date": days}),
}
STANDS_FOR = {"updated_time": "last_modified_time"}
each_document = pytest.mark.parametrize("document", bodies, ids=lambda document: document.__name__)


def reader(document: type[Document]) -> Callable[..., Any]:
    return document.from_zoho  # type: ignore[attr-defined, no-any-return]


@each_document
@given(data=st.data())
def test_what_was_read_comes_out_of_a_store_equal(document: type[Document], data: st.DataObject) -> None:
    one = reader(document)(data.draw(bodies[document]), org="us-1")
    kept = json.loads(json.dumps(one.stored()))
    again = document.from_stored(kept)
    assert again == one
    assert again.stored() == one.stored()


@each_document
@given(data=st.data())
def test_a_wrong_field_makes_a_readable_document_or_a_named_fault(document: type[Document], data: st.DataObject) -> None:
    body = data.draw(bodies[document])
    name = data.draw(st.sampled_from(sorted(body)))
    body[name] = data.draw(junk)
    try:
        one = reader(document)(body, org="us-1")
    except ZohoUnreadable as fault:
        assert fault.org == "us-1"
        assert fault.field.split(".")[0] in (name, STANDS_FOR.get(name))
    else:
        assert json.loads(json.dumps(one.stored())) == one.stored()


@each_document
@given(body=junk)
def test_junk_is_a_named_fault_and_never_a_crash(document: type[Document], body: Any) -> None:
    with pytest.raises(ZohoUnreadable):
        reader(document)(body, org="us-1")


@given(data=st.data())
def test_no_figure_appears_that_zoho_did_not_give(data: st.DataObject) -> None:
    body = data.draw(bodies[Invoice])
    invoice = Invoice.from_zoho(body)
    names = {
        "sub_total": "sub_total",
        "tax_total": "tax_total",
        "payment_made": "payment_made",
        "shipping": "shipping_charge",
        "total": "total",
    }
    for ours, theirs in names.items():
        said = body.get(theirs)
        assert getattr(invoice, ours) == (None if said in ("", None) else Decimal(said))


@given(amount=st.decimals(-(10**15), 10**15, places=6), precision=st.integers(0, 6))
def test_money_is_rounded_to_the_currencys_places_and_keeps_its_currency(amount: Decimal, precision: int) -> None:
    money = Money(amount, "BHD").quantised(precision)
    assert money.currency == "BHD"
    assert -money.amount.as_tuple().exponent == precision
    assert abs(money.amount - amount) <= Decimal(1).scaleb(-precision) / 2


def test_facts_9_16_amounts_of_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")
