"""Slow bank debits: in process until the bank answers, by the clock or by order (zoho.md 5.2)."""

from __future__ import annotations

import pytest

DAY = 24 * 3600
BY_BANK = {"action": "pay", "method": "bank", "account_number": "000123456789"}


@pytest.fixture
def invoice_id(billing):
    customer = billing.customer("Northgate Clinics")["contact_id"]
    rows = billing.visitor.get("/invoices", customer_id=customer, status="sent")["invoices"]
    return next(row for row in rows if not row["ach_payment_initiated"])["invoice_id"]


def page_for(billing, invoice_id):
    return billing.call("POST", "/hostedpages/invoicepayment", body={"invoice_id": invoice_id}).json()[
        "hostedpage"
    ]


def debit(billing, invoice_id, **form):
    answer = billing.visitor.http.post(
        page_for(billing, invoice_id)["url"], data=BY_BANK | form, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 200, answer.text


def get_detail(billing, invoice_id):
    return billing.visitor.get(f"/invoices/{invoice_id}")["invoice"]


def answer_now(billing, invoice_id, outcome):
    billing.visitor.control(
        "POST", "bank_debits", organization_id="600123101", invoice_id=invoice_id, outcome=outcome
    )


def days_later(billing, days):
    billing.visitor.move_clock(days * DAY)
    billing.visitor.access_token = billing.visitor.refresh().json()["access_token"]


def test_a_debit_under_way_leaves_balance_and_status_and_says_so(billing, invoice_id):
    before = get_detail(billing, invoice_id)
    billing.visitor.move_clock(5)
    debit(billing, invoice_id)
    after = get_detail(billing, invoice_id)
    assert (after["balance"], after["status"]) == (before["balance"], before["status"])
    assert after["ach_payment_initiated"] and after["inprocess_transaction_present"]
    assert (
        after["in_process_payments"] == [{"amount": before["balance"]}]
        and after["last_modified_time"] > before["last_modified_time"]
    )
    assert billing.get(f"/invoices/{invoice_id}")["invoice"]["ach_payment_initiated"]
    assert billing.visitor.get(f"/invoices/{invoice_id}/payments")["payments"] == []
    assert (
        billing.call("POST", "/hostedpages/invoicepayment", body={"invoice_id": invoice_id}).status_code
        == 400
    )


def test_the_bank_pays_after_some_days(billing, invoice_id):
    debit(billing, invoice_id)
    days_later(billing, 3)
    assert get_detail(billing, invoice_id)["ach_payment_initiated"]
    days_later(billing, 2)
    after = get_detail(billing, invoice_id)
    assert (after["balance"], after["status"], after["ach_payment_initiated"]) == (0, "paid", False)
    payment = billing.visitor.get(f"/invoices/{invoice_id}/payments")["payments"][0]
    assert payment["payment_mode"] == "banktransfer" and payment["online_transaction_id"]


def test_an_account_without_money_fails_after_some_days(billing, invoice_id):
    before = get_detail(billing, invoice_id)
    debit(billing, invoice_id, account_number="000111110002")
    days_later(billing, 5)
    after = get_detail(billing, invoice_id)
    assert after["balance"] == before["balance"] and not after["ach_payment_initiated"]
    assert "payment_declined" in [event["event_type"] for event in billing.get("/events")["events"]]
    assert page_for(billing, invoice_id)["status"] == "fresh"


@pytest.mark.parametrize(("outcome", "left"), [("settle", 0), ("fail", 1)])
def test_the_bank_answers_by_order_too(billing, invoice_id, outcome, left):
    before = get_detail(billing, invoice_id)
    debit(billing, invoice_id)
    state = billing.visitor.sandbox.state(organization_id="600123101", kind="bank_debits")["600123101"][
        "bank_debits"
    ]
    assert (
        state[invoice_id]["amount"] == before["balance"] and state[invoice_id]["last_four_digits"] == "6789"
    )
    answer_now(billing, invoice_id, outcome)
    assert get_detail(billing, invoice_id)["balance"] == before["balance"] * left
    with pytest.raises(Exception, match="404"):
        answer_now(billing, invoice_id, outcome)


def test_a_debit_never_settles_by_itself_where_the_days_are_none(billing, invoice_id):
    billing.visitor.settings(bank_debit_days=0)
    debit(billing, invoice_id)
    days_later(billing, 30)
    assert get_detail(billing, invoice_id)["ach_payment_initiated"]


def test_what_was_paid_meanwhile_makes_the_debit_a_credit(billing, invoice_id):
    before = get_detail(billing, invoice_id)
    debit(billing, invoice_id)
    billing.visitor.call(
        "POST",
        "/customerpayments",
        body={
            "customer_id": before["customer_id"],
            "payment_mode": "cash",
            "amount": before["balance"],
            "date": before["date"],
            "invoices": [{"invoice_id": invoice_id, "amount_applied": before["balance"]}],
        },
    )
    answer_now(billing, invoice_id, "settle")
    rows = billing.visitor.get("/customerpayments", customer_id=before["customer_id"])["customerpayments"]
    unused = [row for row in rows if row["unused_amount"] == before["balance"]]
    assert (
        get_detail(billing, invoice_id)["balance"] == 0
        and len(unused) == 1
        and unused[0]["gateway_transaction_id"]
    )


def test_the_debits_of_the_first_day_can_be_answered_too(billing):
    rows = billing.visitor.get("/invoices", per_page=200)["invoices"]
    slow = next(row for row in rows if row["ach_payment_initiated"])
    answer_now(billing, slow["invoice_id"], "settle")
    assert get_detail(billing, slow["invoice_id"])["status"] == "paid"


def test_a_debit_survives_a_restart(billing, invoice_id, sandbox):
    debit(billing, invoice_id)
    sandbox.stop()
    sandbox.start()
    assert get_detail(billing, invoice_id)["in_process_payments"]
    answer_now(billing, invoice_id, "settle")
    assert get_detail(billing, invoice_id)["balance"] == 0
