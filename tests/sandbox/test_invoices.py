"""The life of an invoice (zoho.md 4.5, 5.2)."""

from __future__ import annotations

import pytest


def act(zoho, invoice_id, action):
    answer = zoho.call("POST", f"/invoices/{invoice_id}/status/{action}")
    return answer.status_code, answer.json()["code"]


def get_detail(zoho, invoice_id):
    return zoho.get(f"/invoices/{invoice_id}")["invoice"]


def test_a_draft_has_no_public_page_and_gets_one_when_sent(zoho):
    draft = zoho.first("invoices", status="draft")
    assert "invoice_url" not in draft and "invoice_url" not in get_detail(zoho, draft["invoice_id"])
    assert draft["balance"] == draft["total"]
    assert act(zoho, draft["invoice_id"], "sent") == (200, 0)
    assert get_detail(zoho, draft["invoice_id"])["invoice_url"].startswith("http://127.0.0.1:")


def test_a_sent_invoice_becomes_overdue_by_its_date_alone(zoho):
    invoice = zoho.first("invoices", status="sent")
    zoho.move_clock(40 * 86_400)
    zoho.connect()
    after = get_detail(zoho, invoice["invoice_id"])
    assert after["status"] == "overdue" and after["due_days"].startswith("Overdue by")
    assert after["last_modified_time"][:19] == invoice["last_modified_time"][:19]


def test_voiding_twice_succeeds_and_frees_the_payments_on_it(zoho):
    paid = next(
        invoice
        for invoice in zoho.get("/invoices", status="paid")["invoices"]
        if zoho.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"]
    )
    part = zoho.get(f"/invoices/{paid['invoice_id']}/payments")["payments"][0]
    before = zoho.get(f"/customerpayments/{part['payment_id']}")["payment"]
    assert act(zoho, paid["invoice_id"], "void") == (200, 0)
    assert act(zoho, paid["invoice_id"], "void") == (200, 0)
    after = zoho.get(f"/customerpayments/{part['payment_id']}")["payment"]
    assert after["unused_amount"] == pytest.approx(before["unused_amount"] + part["amount"])
    assert get_detail(zoho, paid["invoice_id"])["balance"] == 0


def test_only_a_void_invoice_goes_back_to_draft(zoho):
    invoice_id = zoho.first("invoices", status="sent")["invoice_id"]
    assert act(zoho, invoice_id, "draft")[0] == 400
    act(zoho, invoice_id, "void")
    assert act(zoho, invoice_id, "draft") == (200, 0)
    assert get_detail(zoho, invoice_id)["status"] == "draft"


def test_credits_pay_without_any_payment(zoho):
    customer = zoho.first("contacts", contact_name="Brightwater Cafés")["contact_id"]
    rows = [
        get_detail(zoho, invoice["invoice_id"])
        for invoice in zoho.get("/invoices", customer_id=customer)["invoices"]
    ]
    credited = next(row for row in rows if row["credits_applied"])
    assert zoho.get(f"/invoices/{credited['invoice_id']}/payments")["payments"] == []
    used = zoho.get(f"/invoices/{credited['invoice_id']}/creditsapplied")["credits"]
    assert sum(record["amount_applied"] for record in used) == credited["credits_applied"]


def test_a_slow_bank_debit_is_seen_in_three_places_and_not_in_the_status(zoho):
    row = next(
        invoice
        for invoice in zoho.get("/invoices", status="unpaid")["invoices"]
        if invoice["ach_payment_initiated"]
    )
    detail = get_detail(zoho, row["invoice_id"])
    assert (
        detail["inprocess_transaction_present"]
        and detail["in_process_payments"]
        and detail["status"] in ("sent", "viewed")
    )


def test_only_merchants_with_a_gateway_offer_one(zoho, german):
    for visitor, configured in ((zoho, True), (german, False)):
        detail = get_detail(visitor, visitor.first("invoices")["invoice_id"])
        assert bool(detail["payment_options"]["payment_gateways"]) is configured


@pytest.mark.parametrize(("currency", "decimals"), [("JPY", 0), ("BHD", 3), ("USD", 2)])
def test_amounts_have_their_currencys_decimals(zoho, currency, decimals):
    rows = [
        invoice
        for page in (1, 2, 3, 4)
        for invoice in zoho.get("/invoices", page=page)["invoices"]
        if invoice["currency_code"] == currency
    ]
    assert rows and {row["price_precision"] for row in rows} == {decimals}
    assert all(round(row["total"], decimals) == row["total"] for row in rows)
    assert decimals or all(isinstance(row["total"], int) for row in rows)


def test_several_invoices_come_in_one_pdf_and_at_most_25(zoho):
    ids = [invoice["invoice_id"] for invoice in zoho.get("/invoices")["invoices"]]
    answer = zoho.call("GET", "/invoices/pdf", invoice_ids=",".join(ids[:3]))
    assert answer.content.count(b"/Type /Page ") == 3
    assert zoho.call("GET", "/invoices/pdf", invoice_ids=",".join(ids[:26])).status_code == 400
