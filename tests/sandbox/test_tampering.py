"""Records changed behind everybody's back, and changes that the delta filter finds late (zoho.md 5.2, 7.1,
10.24).
"""

from __future__ import annotations

import pytest
import requests


@pytest.fixture
def invoice(zoho):
    return zoho.first("invoices", status="sent")


def change(zoho, invoice, *, silently=False, **fields):
    body = {"organization_id": zoho.organization_id, "kind": "invoices", "id": invoice["invoice_id"]}
    return requests.post(
        f"{zoho.origin}/_sandbox/documents", json=body | {"fields": fields, "silently": silently}, timeout=10
    )


def get_detail(zoho, invoice):
    return zoho.get(f"/invoices/{invoice['invoice_id']}")["invoice"]


def test_a_slow_bank_debit_can_be_started_and_ended(zoho, invoice):
    assert change(zoho, invoice, ach_payment_initiated=True).status_code == 200
    started = get_detail(zoho, invoice)
    assert (
        started["inprocess_transaction_present"]
        and started["in_process_payments"][0]["amount"] == started["balance"]
    )
    change(zoho, invoice, ach_payment_initiated=False)
    assert get_detail(zoho, invoice)["in_process_payments"] == []


def test_partial_payments_are_allowed_or_not_per_invoice_and_for_new_ones(zoho, invoice):
    assert get_detail(zoho, invoice)["allow_partial_payments"] is True
    change(zoho, invoice, allow_partial_payments=False)
    assert get_detail(zoho, invoice)["allow_partial_payments"] is False
    zoho.settings(allow_partial_payments=False, auto_convert="sent")
    estimate = zoho.first("estimates", status="sent")["estimate_id"]
    zoho.call("POST", f"/estimates/{estimate}/status/accepted")
    made = zoho.get(f"/estimates/{estimate}")["estimate"]["invoice_ids"][0]
    assert get_detail(zoho, {"invoice_id": made})["allow_partial_payments"] is False


def test_a_silent_change_leaves_no_trace_and_another_does(zoho, invoice):
    before = zoho.get("/invoices", sort_column="last_modified_time", sort_order="D")["invoices"][0][
        "last_modified_time"
    ]
    change(zoho, invoice, silently=True, notes="quietly")
    after = get_detail(zoho, invoice)
    assert after["notes"] == "quietly" and after["last_modified_time"] == invoice["last_modified_time"]
    change(zoho, invoice, notes="aloud")
    found = zoho.get(
        "/invoices", last_modified_time=before, sort_column="last_modified_time", sort_order="D"
    )["invoices"]
    assert found[0]["invoice_id"] == invoice["invoice_id"]


def test_a_record_may_claim_to_come_from_the_future(zoho, invoice):
    change(zoho, invoice, silently=True, modified=4_000_000_000)
    assert get_detail(zoho, invoice)["last_modified_time"].startswith("2096-")


def test_a_generated_document_can_be_changed_too(zoho):
    zoho.control("POST", "generate", organization_id=zoho.organization_id, invoices=300, customers=3, seed=2)
    made = next(
        item
        for item in zoho.get("/invoices", status="sent")["invoices"]
        if item["invoice_number"].startswith("INV-G")
    )
    change(zoho, made, silently=True, ach_payment_initiated=True)
    assert get_detail(zoho, made)["ach_payment_initiated"] is True


@pytest.mark.parametrize(
    "fields", [{"invoice_id": "1"}, {"colour": "red"}, {"notes": 1}, {"ach_payment_initiated": 1}]
)
def test_a_change_that_makes_no_sense_is_refused(zoho, invoice, fields):
    before = get_detail(zoho, invoice)
    assert change(zoho, invoice, terms="half", **fields).status_code == 400
    assert change(zoho, {"invoice_id": "1"}, notes="x").status_code == 404
    assert get_detail(zoho, invoice) == before


def test_a_change_is_found_by_the_delta_filter_only_after_a_while(zoho, invoice):
    since = zoho.get("/invoices", sort_column="last_modified_time", sort_order="D")["invoices"][0][
        "last_modified_time"
    ]
    zoho.settings(delta_lag_seconds=30)
    zoho.move_clock(5)
    change(zoho, invoice, notes="not yet")

    def found():
        rows = zoho.get("/invoices", last_modified_time=since)["invoices"]
        return invoice["invoice_id"] in {row["invoice_id"] for row in rows}

    assert not found() and get_detail(zoho, invoice)["notes"] == "not yet"
    zoho.move_clock(31)
    assert found()
