"""Customer payments: recorded, applied, refused (zoho.md 4.6, 5.3)."""

from __future__ import annotations

import pytest


@pytest.fixture
def invoice(zoho):
    return zoho.first("invoices", status="sent", customer_name="Brightwater Cafés")


def pay(zoho, invoice, amount, applied=None, **more):
    body = {"customer_id": invoice["customer_id"], "amount": amount, **more}
    if applied is not None:
        body["invoices"] = [{"invoice_id": invoice["invoice_id"], "amount_applied": applied}]
    return zoho.call("POST", "/customerpayments", body=body)


def balance(zoho, invoice):
    found = zoho.get(f"/invoices/{invoice['invoice_id']}")["invoice"]
    return found["balance"], found["status"]


def test_paying_all_makes_it_paid(zoho, invoice):
    answer = pay(
        zoho,
        invoice,
        invoice["balance"],
        invoice["balance"],
        payment_mode="banktransfer",
        reference_number="R-1",
    )
    assert (answer.status_code, answer.json()["code"]) == (201, 0)
    assert balance(zoho, invoice) == (0, "paid")
    assert (
        zoho.get("/customerpayments", reference_number="R-1")["customerpayments"][0]["invoice_numbers"]
        == invoice["invoice_number"]
    )


def test_paying_a_part_makes_it_partially_paid(zoho, invoice):
    pay(zoho, invoice, 10.01, 10.01)
    left, status = balance(zoho, invoice)
    assert (round(invoice["balance"] - left, 2), status) == (10.01, "partially_paid")


def test_the_same_body_twice_makes_two_payments(zoho, invoice):
    first, second = (
        pay(zoho, invoice, 1, 1, reference_number="R-2").json()["payment"]["payment_id"] for _ in range(2)
    )
    assert (
        first != second
        and len(zoho.get("/customerpayments", reference_number="R-2")["customerpayments"]) == 2
    )


def test_what_is_applied_to_nothing_stays_unused(zoho, invoice):
    answer = pay(zoho, invoice, 50, 20).json()["payment"]
    assert answer["unused_amount"] == 30
    advance = pay(zoho, invoice, 5).json()["payment"]
    assert (advance["unused_amount"], advance["payment_mode"], advance["invoices"]) == (5, "cash", [])


@pytest.mark.parametrize(
    ("amount", "applied"),
    [(10**7, 10**7), (5, 6), (0, 0), (-1, None), ("much", None), (1.234, None), (True, None), (5, -5)],
)
def test_impossible_amounts_are_refused_and_change_nothing(zoho, invoice, amount, applied):
    answer = pay(zoho, invoice, amount, applied, reference_number="R-3")
    assert answer.status_code == 400 and answer.json()["code"] != 0
    assert zoho.get("/customerpayments", reference_number="R-3")["customerpayments"] == []
    assert balance(zoho, invoice)[0] == invoice["balance"]


def test_applying_one_invoice_twice_cannot_exceed_its_balance(zoho, invoice):
    part = {"invoice_id": invoice["invoice_id"], "amount_applied": round(invoice["balance"] * 0.6, 2)}
    body = {"customer_id": invoice["customer_id"], "amount": invoice["balance"] * 2, "invoices": [part, part]}
    assert zoho.call("POST", "/customerpayments", body=body).status_code == 400


@pytest.mark.parametrize("status", ["draft", "void"])
def test_invoices_that_are_not_open_take_no_payment(zoho, status):
    closed = zoho.first("invoices", status=status)
    assert pay(zoho, closed, 1, 1).status_code == 400


def test_an_invoice_of_another_customer_is_refused(zoho, invoice):
    other = zoho.first("invoices", status="sent", customer_name="Northgate Clinics")
    assert pay(zoho, invoice | {"invoice_id": other["invoice_id"]}, 1, 1).status_code == 400


@pytest.mark.parametrize("more", [{"date": "soon"}, {"reference_number": "x" * 101}, {"customer_id": "1"}])
def test_unreadable_fields_are_refused(zoho, invoice, more):
    assert pay(zoho, invoice, 1, 1, **more).status_code == 400


def test_a_payment_changes_the_invoices_version(zoho, invoice):
    pay(zoho, invoice, 1, 1)
    assert (
        zoho.get(f"/invoices/{invoice['invoice_id']}")["invoice"]["last_modified_time"]
        != invoice["last_modified_time"]
    )


def test_one_payment_may_settle_several_invoices(zoho):
    customer = zoho.first("contacts", contact_name="Brightwater Cafés")["contact_id"]
    rows = zoho.get("/customerpayments", customer_id=customer)["customerpayments"]
    shared = next(row for row in rows if "," in row["invoice_numbers"])
    detail = zoho.get(f"/customerpayments/{shared['payment_id']}")["payment"]
    assert [item["invoice_number"] for item in detail["invoices"]] == shared["invoice_numbers"].split(",")
    assert sum(item["amount_applied"] for item in detail["invoices"]) + detail[
        "unused_amount"
    ] == pytest.approx(detail["amount"])


def test_the_receipt_is_a_pdf(zoho):
    payment = zoho.first("customerpayments")
    answer = zoho.call("GET", f"/customerpayments/{payment['payment_id']}", accept="pdf")
    assert answer.headers["Content-Type"] == "application/pdf" and b"Payment receipt" in answer.content


def test_outstanding_of_a_contact_counts_open_invoices_only(zoho, invoice):
    def outstanding():
        return zoho.get(f"/contacts/{invoice['customer_id']}")["contact"]["outstanding_receivable_amount"]

    rows = zoho.get("/invoices", customer_id=invoice["customer_id"])["invoices"]
    assert outstanding() == pytest.approx(
        sum(row["balance"] for row in rows if row["status"] not in ("draft", "void"))
    )
    before = outstanding()
    pay(zoho, invoice, 7, 7)
    assert before - outstanding() == pytest.approx(7)
