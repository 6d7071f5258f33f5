"""Payments with a custom field that accepts no duplicates, and the upsert by it (zoho.md 3.3)."""

from __future__ import annotations

import pytest

FIELD = "cf_receipt"


@pytest.fixture
def invoice(zoho):
    zoho.settings(unique_payment_field=FIELD)
    return next(item for item in zoho.get("/invoices", status="sent")["invoices"] if item["balance"] > 20)


def body_for(invoice, amount=10.0):
    return {
        "customer_id": invoice["customer_id"],
        "payment_mode": "banktransfer",
        "amount": amount,
        "reference_number": "R-1",
        "invoices": [{"invoice_id": invoice["invoice_id"], "amount_applied": amount}],
    }


def put(zoho, body, value="R-1", *, key=FIELD, upsert="true"):
    headers = {"X-Unique-Identifier-Key": key, "X-Unique-Identifier-Value": value, "X-Upsert": upsert}
    return zoho.call("PUT", "/customerpayments", body=body, headers=headers)


def made(zoho, invoice):
    return [
        payment
        for payment in zoho.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"]
        if payment["reference_number"] == "R-1"
    ]


def test_an_upsert_repeated_five_times_is_one_payment(zoho, invoice):
    answers = [put(zoho, body_for(invoice)) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({answer.json()["payment"]["payment_id"] for answer in answers}) == 1
    assert [record["amount"] for record in made(zoho, invoice)] == [10.0]
    after = zoho.get(f"/invoices/{invoice['invoice_id']}")["invoice"]
    assert after["balance"] == pytest.approx(invoice["balance"] - 10)


def test_a_repeat_updates_with_the_new_body(zoho, invoice):
    put(zoho, body_for(invoice))
    changed = put(zoho, body_for(invoice, 12.5)).json()["payment"]
    assert changed["amount"] == 12.5 and [record["amount"] for record in made(zoho, invoice)] == [12.5]
    assert changed["custom_fields"] == [{"label": FIELD, "value": "R-1"}]


def test_a_repeat_that_is_refused_leaves_the_payment_as_it_was(zoho, invoice):
    put(zoho, body_for(invoice))
    assert put(zoho, body_for(invoice, invoice["balance"] + 1)).status_code == 400
    assert [record["amount"] for record in made(zoho, invoice)] == [10.0]


def test_without_upsert_nothing_is_created(zoho, invoice):
    assert put(zoho, body_for(invoice), upsert="false").json()["code"] == 1002
    assert made(zoho, invoice) == []


@pytest.mark.parametrize(("key", "value"), [("cf_other", "R-1"), (FIELD, ""), ("", "R-1")])
def test_a_field_that_accepts_duplicates_cannot_be_used(zoho, invoice, key, value):
    assert put(zoho, body_for(invoice), value, key=key).status_code == 400
    assert made(zoho, invoice) == []


def test_a_second_payment_with_the_same_value_is_refused(zoho, invoice):
    body = body_for(invoice) | {"custom_fields": [{"api_name": FIELD, "value": "R-1"}]}
    assert [zoho.call("POST", "/customerpayments", body=body).status_code for _ in range(2)] == [201, 400]
    assert put(zoho, body_for(invoice)).status_code == 200
    assert len(made(zoho, invoice)) == 1


def test_without_such_a_field_the_same_payment_twice_is_two(zoho, invoice):
    zoho.settings(unique_payment_field="")
    body = body_for(invoice) | {"custom_fields": [{"api_name": FIELD, "value": "R-1"}]}
    assert [zoho.call("POST", "/customerpayments", body=body).status_code for _ in range(2)] == [201, 201]
    assert len(made(zoho, invoice)) == 2
