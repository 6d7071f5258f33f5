"""What settles an invoice without new money: credits and write-offs (zoho.md 4.5, 5.2, 5.3)."""

from __future__ import annotations

import pytest


def get_detail(zoho, invoice_id):
    return zoho.get(f"/invoices/{invoice_id}")["invoice"]


def unpaid(zoho, customer_id):
    rows = zoho.get("/invoices", customer_id=customer_id, status="unpaid")["invoices"]
    return next(
        row for row in rows if row["status"] in ("sent", "overdue") and not row["ach_payment_initiated"]
    )


@pytest.fixture
def customer_id(zoho):
    return zoho.first("contacts", contact_name="Brightwater Cafés")["contact_id"]


@pytest.fixture
def spare(zoho, customer_id):
    """A payment of which something is unused."""
    rows = zoho.get("/customerpayments", customer_id=customer_id)["customerpayments"]
    return next(row for row in rows if row["unused_amount"] > 0)


def apply(zoho, invoice_id, payments=(), notes=()):
    return zoho.call(
        "POST",
        f"/invoices/{invoice_id}/credits",
        body={
            "invoice_payments": [{"payment_id": key, "amount_applied": part} for key, part in payments],
            "apply_creditnotes": [{"creditnote_id": key, "amount_applied": part} for key, part in notes],
        },
    )


def test_an_unused_payment_is_applied_and_moves_no_money(zoho, customer_id, spare):
    invoice = unpaid(zoho, customer_id)
    answer = apply(zoho, invoice["invoice_id"], payments=[(spare["payment_id"], 10)])
    assert (answer.status_code, set(answer.json())) == (200, {"code", "message"})
    after, payment = (
        get_detail(zoho, invoice["invoice_id"]),
        zoho.get(f"/customerpayments/{spare['payment_id']}")["payment"],
    )
    assert after["balance"] == pytest.approx(invoice["balance"] - 10) and after["payment_made"] == 10
    assert (
        payment["unused_amount"] == pytest.approx(spare["unused_amount"] - 10)
        and payment["amount"] == spare["amount"]
    )
    assert payment["payment_id"] in {
        payment["payment_id"]
        for payment in zoho.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"]
    }


def test_a_credit_note_is_used_up_and_stands_with_the_credits_not_the_payments(zoho):
    for note in zoho.get("/creditnotes", status="open")["creditnotes"]:
        rows = zoho.get("/invoices", customer_id=note["customer_id"], status="unpaid")["invoices"]
        invoice = next((row for row in rows if row["balance"] >= note["balance"]), None)
        if invoice:
            break
    assert (
        apply(zoho, invoice["invoice_id"], notes=[(note["creditnote_id"], note["balance"])]).status_code
        == 200
    )
    credits = zoho.get(f"/invoices/{invoice['invoice_id']}/creditsapplied")["credits"]
    assert [(credit["creditnote_id"], credit["amount_applied"]) for credit in credits] == [
        (note["creditnote_id"], note["balance"])
    ]
    after = zoho.get(f"/creditnotes/{note['creditnote_id']}")["creditnote"]
    assert (after["status"], after["balance"]) == ("closed", 0)
    assert after["invoices"][0]["invoice_id"] == invoice["invoice_id"]
    assert get_detail(zoho, invoice["invoice_id"])["credits_applied"] == note["balance"]


def test_more_than_is_left_or_owed_or_anothers_is_refused_and_nothing_changes(zoho, customer_id, spare):
    invoice = unpaid(zoho, customer_id)
    stranger = next(
        customerpayment
        for customerpayment in zoho.get("/customerpayments")["customerpayments"]
        if customerpayment["customer_id"] != customer_id and customerpayment["unused_amount"]
    )
    wrong = [
        [(spare["payment_id"], spare["unused_amount"] + 0.01)],
        [(spare["payment_id"], -1)],
        [(stranger["payment_id"], 1)],
        [("1", 1)],
        [],
        [(spare["payment_id"], spare["unused_amount"])] * 2,
    ]
    assert [apply(zoho, invoice["invoice_id"], payments=item).status_code for item in wrong] == [400] * 6
    draft = zoho.get("/invoices", customer_id=customer_id, status="draft")["invoices"][0]
    assert apply(zoho, draft["invoice_id"], payments=[(spare["payment_id"], 1)]).status_code == 400
    assert get_detail(zoho, invoice["invoice_id"])["balance"] == invoice["balance"]
    assert (
        zoho.get(f"/customerpayments/{spare['payment_id']}")["payment"]["unused_amount"]
        == spare["unused_amount"]
    )


def test_no_more_than_the_balance_is_applied(zoho, customer_id, spare):
    invoice = unpaid(zoho, customer_id)
    most = round(invoice["balance"] - 5, 2)
    body = {
        "customer_id": customer_id,
        "amount": most,
        "invoices": [{"invoice_id": invoice["invoice_id"], "amount_applied": most}],
    }
    assert zoho.call("POST", "/customerpayments", body=body).status_code == 201
    assert apply(zoho, invoice["invoice_id"], payments=[(spare["payment_id"], 5.01)]).status_code == 400
    assert apply(zoho, invoice["invoice_id"], payments=[(spare["payment_id"], 5)]).status_code == 200
    assert get_detail(zoho, invoice["invoice_id"])["status"] == "paid"


def test_applying_again_applies_again_while_something_is_left(zoho, customer_id, spare):
    invoice = unpaid(zoho, customer_id)
    assert [
        apply(zoho, invoice["invoice_id"], payments=[(spare["payment_id"], 1)]).status_code for _ in range(2)
    ] == [200, 200]
    assert get_detail(zoho, invoice["invoice_id"])["payment_made"] == 2


def test_a_write_off_ends_what_is_owed_and_can_be_cancelled(zoho, customer_id):
    invoice = unpaid(zoho, customer_id)
    path = f"/invoices/{invoice['invoice_id']}/writeoff"
    owed = zoho.get(f"/contacts/{customer_id}")["contact"]["outstanding_receivable_amount"]
    assert zoho.call("POST", path).status_code == 200
    after = get_detail(zoho, invoice["invoice_id"])
    assert (after["status"], after["balance"], after["write_off_amount"]) == ("paid", 0, invoice["balance"])
    less = zoho.get(f"/contacts/{customer_id}")["contact"]["outstanding_receivable_amount"]
    assert less == pytest.approx(owed - invoice["balance"])
    assert zoho.call("POST", path).status_code == 400
    assert zoho.call("POST", f"{path}/cancel").status_code == 200
    assert get_detail(zoho, invoice["invoice_id"])["balance"] == invoice["balance"]
    assert zoho.call("POST", f"{path}/cancel").status_code == 400


def test_voiding_gives_applied_credits_back(zoho, customer_id, spare):
    invoice = unpaid(zoho, customer_id)
    apply(zoho, invoice["invoice_id"], payments=[(spare["payment_id"], 5)])
    zoho.call("POST", f"/invoices/{invoice['invoice_id']}/status/void")
    assert (
        zoho.get(f"/customerpayments/{spare['payment_id']}")["payment"]["unused_amount"]
        == spare["unused_amount"]
    )


def test_reading_credits_needs_no_right_to_write_and_applying_does(zoho, stranger, customer_id):
    invoice = unpaid(zoho, customer_id)
    stranger.connect(scope="ZohoBooks.invoices.READ")
    assert stranger.call("GET", f"/invoices/{invoice['invoice_id']}/creditsapplied").status_code == 200
    assert apply(stranger, invoice["invoice_id"], payments=[("1", 1)]).json()["code"] == 57
    assert stranger.call("POST", f"/invoices/{invoice['invoice_id']}/writeoff").json()["code"] == 57
