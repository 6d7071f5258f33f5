"""Bodies as Zoho may send them, for every document: right in every field, with every spelling of nothing in
the optional ones.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from connectors.zoho.documents.billing_customer import BillingCustomer
from connectors.zoho.documents.billing_event import BillingEvent
from connectors.zoho.documents.billing_invoice import BillingInvoice
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import AppliedCredit, InvoicePayment
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.payment_method import BankAccount, Card
from connectors.zoho.documents.plan import Plan
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.refund import CreditNoteRefund, PaymentRefund
from connectors.zoho.documents.subscription import Subscription
from connectors.zoho.documents.zoho_user import ZohoUser

ids = st.integers(1, 10**19).map(str)
amounts = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**12), 10**12, places=3),
    st.decimals(0, 10**6, places=2).map(str),
)
days = st.dates().map(lambda day: day.isoformat())
times = st.tuples(
    st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2090, 1, 1)),  # noqa: DTZ001 - zones follow
    st.sampled_from(["-0400", "+0000", "+0530", "+1300"]),
).map(lambda pair: pair[0].strftime("%Y-%m-%dT%H:%M:%S") + pair[1])
nothing = st.sampled_from(["", None])
text = st.text(min_size=1, max_size=9)
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(), st.text(max_size=8), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def fields(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        required, optional={name: st.one_of(nothing, good) for name, good in optional.items()}
    )


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
            "bank_accounts": st.lists(fields({}, {"account_id": ids}), max_size=2),
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
        {
            "line_items": lines,
            "date": days,
            "invoices": st.lists(fields({}, {"invoice_id": ids, "amount": amounts}), max_size=2),
        },
    ),
    RecurringInvoice: fields(
        {"recurring_invoice_id": ids, "status": st.just("active"), "customer_id": ids},
        {"next_invoice_date": days, "total": amounts},
    ),
    Comment: fields(
        {"comment_id": ids},
        {"description": st.text(max_size=20), "comment_type": st.just("system"), "date": days},
    ),
    ZohoUser: fields({"user_id": ids}, {"email": st.text(max_size=9)}),
    InvoicePayment: fields({"payment_id": ids, "amount": amounts}, {"date": days}),
    CreditNoteRefund: fields(
        {"creditnote_refund_id": ids, "creditnote_id": ids, "amount_fcy": amounts},
        {"date": days, "creditnote_number": st.text(max_size=9), "refund_mode": st.text(max_size=9)},
    ),
    PaymentRefund: fields(
        {"payment_refund_id": ids, "payment_id": ids, "amount_fcy": amounts},
        {"date": days, "payment_number": st.text(max_size=9), "refund_mode": st.text(max_size=9)},
    ),
    AppliedCredit: fields({"creditnote_id": ids, "amount_applied": amounts}, {"credited_date": days}),
}
last_four = st.one_of(st.integers(0, 9999), st.from_regex(r"[0-9]{4}", fullmatch=True))
card = fields(
    {"card_id": ids},
    {
        "last_four_digits": last_four,
        "expiry_month": st.integers(1, 12),
        "expiry_year": st.integers(2020, 2040),
        "payment_gateway": text,
    },
)
plan_line = fields(
    {},
    {
        "plan_code": text,
        "addon_code": text,
        "name": text,
        "quantity": st.integers(1, 99),
        "price": amounts,
        "total": amounts,
    },
)
billing_line = fields(
    {},
    {"name": text, "code": text, "price": amounts, "quantity": st.integers(1, 99), "item_total": amounts},
)
bodies |= {
    Subscription: fields(
        {"subscription_id": ids, "status": text, "customer_id": ids},
        {
            "customer": fields({}, {"customer_id": ids, "display_name": text}),
            "plan": plan_line,
            "addons": st.lists(plan_line, max_size=2),
            "card": card,
            "amount": amounts,
            "created_at": days,
            "next_billing_at": days,
            "expires_at": days,
            "interval": st.one_of(st.integers(1, 99), st.integers(1, 99).map(str)),
            "auto_collect": st.booleans(),
            "updated_time": times,
        },
    ),
    Plan: fields(
        {"plan_code": text}, {"recurring_price": amounts, "interval": st.integers(1, 99), "status": text}
    ),
    BillingCustomer: fields(
        {"customer_id": ids},
        {
            "display_name": text,
            "outstanding": amounts,
            "unused_credits": amounts,
            "can_add_bank_account": st.booleans(),
        },
    ),
    Card: card,
    BankAccount: fields(
        {"account_id": ids}, {"last_four_digits": last_four, "gateway": text, "status": text}
    ),
    BillingInvoice: fields(
        {"invoice_id": ids, "status": text, "customer_id": ids},
        {
            "number": text,
            "invoice_date": days,
            "due_date": days,
            "total": amounts,
            "balance": amounts,
            "invoice_items": st.lists(billing_line, max_size=3),
            "updated_time": times,
        },
    ),
    HostedPage: fields(
        {"hostedpage_id": st.from_regex(r"[0-9a-f]{64}", fullmatch=True)},
        {
            "status": text,
            "url": text,
            "expiring_time": times,
            "data": fields(
                {},
                {
                    "invoice": fields({}, {"invoice_id": ids}),
                    "subscription": fields({}, {"subscription_id": ids}),
                },
            ),
        },
    ),
    BillingEvent: fields({"event_id": ids}, {"event_type": text, "event_time": times}),
}
"""Document → what Zoho may send as one."""
