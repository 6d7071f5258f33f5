"""Billing where its ids are not those of Books (zoho.md 8)."""

from __future__ import annotations

import json

import pytest

CARD = {"action": "pay", "method": "card", "number": "4242424242424242", "expiry": "12/39"}


@pytest.fixture
def customer(billing):
    """The contact of Books, before Billing went its own way."""
    found = billing.customer("Brightwater Cafés")
    billing.visitor.settings(billing_separate_ids=True)
    return found


@pytest.fixture
def subscription(billing, customer):
    """An offline one of that customer, found by name."""
    rows = [
        item
        for item in billing.get("/subscriptions")["subscriptions"]
        if item["customer_name"] == customer["contact_name"]
    ]
    return next(row for row in rows if row["status"] == "live" and not row["auto_collect"])


def test_the_id_of_books_finds_nobody_and_billings_own_does(billing, customer, subscription):
    assert subscription["customer_id"] != customer["contact_id"]
    assert billing.call("GET", f"/customers/{customer['contact_id']}").json()["code"] == 1002
    assert billing.get("/subscriptions", customer_id=customer["contact_id"])["subscriptions"] == []
    mine = billing.get(f"/customers/{subscription['customer_id']}")["customer"]
    assert (mine["customer_id"], mine["email"]) == (subscription["customer_id"], "lena@brightwater.example")
    rows = billing.get("/subscriptions", customer_id=subscription["customer_id"])["subscriptions"]
    assert len(rows) == 5 and {row["customer_id"] for row in rows} == {subscription["customer_id"]}
    assert (
        billing.get(f"/customers/{subscription['customer_id']}/cards")["cards"][0]["customer_id"]
        == subscription["customer_id"]
    )


def test_invoices_agree_by_number_only(billing, customer, subscription):
    found = billing.get("/invoices", subscription_id=subscription["subscription_id"])["invoices"][0]
    in_books = billing.visitor.get("/invoices", invoice_number=found["number"])["invoices"][0]
    assert in_books["invoice_id"] != found["invoice_id"] and in_books["customer_id"] == customer["contact_id"]
    assert billing.visitor.call("GET", f"/invoices/{found['invoice_id']}").json()["code"] == 1002
    assert billing.call("GET", f"/invoices/{in_books['invoice_id']}").json()["code"] == 1002
    assert billing.get(f"/invoices/{found['invoice_id']}")["invoice"]["number"] == found["number"]
    detail = billing.get(f"/subscriptions/{subscription['subscription_id']}")["subscription"]
    assert (
        billing.get(f"/invoices/{detail['child_invoice_id']}")["invoice"]["invoice_id"]
        == detail["child_invoice_id"]
    )


def test_paying_by_billings_id_pays_the_invoice_of_books(billing, subscription):
    rows = billing.get("/invoices", subscription_id=subscription["subscription_id"])["invoices"]
    owed = next(row for row in rows if row["balance"])
    page = billing.call(
        "POST", "/hostedpages/invoicepayment", body={"invoice_id": owed["invoice_id"]}
    ).json()["hostedpage"]
    billing.visitor.http.post(page["url"], data=CARD, timeout=10)
    assert (
        billing.get(f"/hostedpages/{page['hostedpage_id']}")["data"]["invoice"]["invoice_id"]
        == owed["invoice_id"]
    )
    assert billing.visitor.get("/invoices", invoice_number=owed["number"])["invoices"][0]["status"] == "paid"
    event = billing.get("/events")["events"][0]["event_id"]
    payload = json.loads(billing.get(f"/events/{event}")["event"]["payload"])
    assert payload["data"]["invoice"]["invoice_id"] == owed["invoice_id"]
