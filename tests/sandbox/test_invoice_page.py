"""An invoice's own page in Books, behind its `invoice_url` (zoho.md 7.1)."""

from __future__ import annotations

import pytest

CARD = {"action": "pay", "method": "card", "number": "4242424242424242", "expiry": "11/39"}


@pytest.fixture
def invoice(german):
    german.settings(payment_gateways=["paypal"])
    return next(
        item
        for item in german.get("/invoices", status="sent")["invoices"]
        if not item["ach_payment_initiated"]
    )


def get_detail(german, invoice):
    return german.get(f"/invoices/{invoice['invoice_id']}")["invoice"]


def test_opening_it_shows_the_invoice_and_makes_it_viewed(german, invoice):
    german.move_clock(5)
    page = german.http.get(invoice["invoice_url"], timeout=10)
    assert page.status_code == 200 and invoice["invoice_number"] in page.text
    after = get_detail(german, invoice)
    assert after["status"] == "viewed" and after["last_modified_time"] > invoice["last_modified_time"]
    german.move_clock(5)
    german.http.get(invoice["invoice_url"], timeout=10)
    assert get_detail(german, invoice)["last_modified_time"] == after["last_modified_time"]


def test_paying_on_it_books_the_payment_and_leads_nowhere(german, invoice):
    answer = german.http.post(invoice["invoice_url"], data=CARD, allow_redirects=False, timeout=10)
    assert answer.status_code == 200 and "This invoice is paid" in answer.text
    assert get_detail(german, invoice)["balance"] == 0
    payment = german.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"][0]
    assert payment["online_transaction_id"] and payment["amount"] == invoice["balance"]
    assert german.http.post(invoice["invoice_url"], data=CARD, timeout=10).status_code == 400
    assert len(german.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"]) == 1


def test_a_declined_card_takes_nothing(german, invoice):
    answer = german.http.post(invoice["invoice_url"], data=CARD | {"number": "4000000000000002"}, timeout=10)
    assert answer.status_code == 402 and get_detail(german, invoice)["balance"] == invoice["balance"]


def test_a_bank_debit_is_in_process_there_too(german, invoice):
    german.http.post(
        invoice["invoice_url"],
        data={"action": "pay", "method": "bank", "account_number": "0001234567"},
        timeout=10,
    )
    assert get_detail(german, invoice)["inprocess_transaction_present"]
    german.control(
        "POST", "bank_debits", organization_id="200345601", invoice_id=invoice["invoice_id"], outcome="settle"
    )
    assert get_detail(german, invoice)["balance"] == 0


def test_without_a_gateway_it_can_be_seen_and_not_paid(german, invoice):
    german.settings(payment_gateways=[])
    assert get_detail(german, invoice)["payment_options"]["payment_gateways"] == []
    page = german.http.get(invoice["invoice_url"], timeout=10)
    assert page.status_code == 200 and "cannot be paid online" in page.text and "<form" not in page.text
    assert german.http.post(invoice["invoice_url"], data=CARD, timeout=10).status_code == 400
    assert get_detail(german, invoice)["balance"] == invoice["balance"]


def test_only_the_whole_address_opens_it(german, invoice):
    other = next(item for item in german.get("/invoices", status="paid")["invoices"])
    wrong = [
        invoice["invoice_url"][:-1],
        invoice["invoice_url"].replace(invoice["invoice_id"], other["invoice_id"]),
        invoice["invoice_url"].split("?")[0],
        invoice["invoice_url"].replace("/portal/", "/portal/x"),
    ]
    assert [german.http.get(address, timeout=10).status_code for address in wrong] == [404] * 4
    german.call("POST", f"/invoices/{invoice['invoice_id']}/status/void")
    assert german.http.get(invoice["invoice_url"], timeout=10).status_code == 404


def test_webhooks_of_books_hear_of_a_payment_on_it(german, invoice):
    german.control(
        "POST", "webhooks", organization_id="200345601", url="http://127.0.0.1:9/hook", mode="never"
    )
    german.http.post(invoice["invoice_url"], data=CARD, timeout=10)
    assert {delivery["module"] for delivery in german.control("GET", "webhooks")["deliveries"]} == {
        "invoice",
        "payment",
    }
