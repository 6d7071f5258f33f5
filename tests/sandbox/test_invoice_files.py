"""Files on invoices, and links to pay them (zoho.md 4.5)."""

from __future__ import annotations

import datetime as dt

import pytest
import requests


@pytest.fixture
def attached(zoho):
    """An invoice with files."""
    customer = zoho.first("contacts", contact_name="Brightwater Cafés")["contact_id"]
    row = next(
        invoice
        for invoice in zoho.get("/invoices", customer_id=customer)["invoices"]
        if invoice["has_attachment"]
    )
    return zoho.get(f"/invoices/{row['invoice_id']}")["invoice"]


def test_each_file_of_an_invoice_can_be_fetched(zoho, attached):
    kinds = {}
    for document in attached["documents"]:
        answer = zoho.call("GET", f"/invoices/{attached['invoice_id']}/documents/{document['document_id']}")
        kinds[document["file_name"]] = (answer.headers["Content-Type"], answer.content[:4])
    assert kinds == {
        "delivery-note.pdf": ("application/pdf", b"%PDF"),
        "site-photo.png": ("image/png", b"\x89PNG"),
    }
    last = zoho.call("GET", f"/invoices/{attached['invoice_id']}/attachment")
    assert last.headers["Content-Type"] == "image/png" and attached["attachment_name"] == "site-photo.png"


def test_what_is_known_about_a_file_comes_as_json_when_asked(zoho, attached):
    path = f"/invoices/{attached['invoice_id']}/documents/{attached['documents'][0]['document_id']}"
    said = zoho.get(path, responseformat="json")["document"]
    assert said["file_size"] == len(zoho.call("GET", path).content) and said["file_type"] == "pdf"


def test_a_file_of_another_invoice_is_not_found(zoho, attached):
    other = next(invoice for invoice in zoho.get("/invoices")["invoices"] if not invoice["has_attachment"])
    path = f"/invoices/{other['invoice_id']}"
    assert (
        zoho.call("GET", f"{path}/documents/{attached['documents'][0]['document_id']}").json()["code"] == 1002
    )
    assert zoho.call("GET", f"{path}/attachment").status_code == 404


def link(zoho, invoice_id, ends_on, **changes):
    asked = {
        "transaction_id": invoice_id,
        "transaction_type": "invoice",
        "link_type": "public",
        "expiry_time": ends_on,
    }
    return zoho.call("GET", "/share/paymentlink", **asked | changes)


def test_a_payment_link_pays_the_invoice_until_its_last_day(zoho, attached):
    today = dt.datetime.now(dt.UTC).date()
    address = link(zoho, attached["invoice_id"], (today + dt.timedelta(days=2)).isoformat()).json()["data"][
        "share_link"
    ]
    assert attached["invoice_number"] in requests.get(address, timeout=10).text
    zoho.move_clock(4 * 86_400)
    assert (
        requests.get(address, timeout=10).status_code == requests.post(address, timeout=10).status_code == 410
    )
    zoho.move_clock(-4 * 86_400)
    assert "paid" in requests.post(address, timeout=10).text
    after = zoho.get(f"/invoices/{attached['invoice_id']}")["invoice"]
    assert (after["status"], after["balance"]) == ("paid", 0)
    assert requests.post(address, timeout=10).status_code == 409
    assert link(zoho, attached["invoice_id"], today.isoformat()).status_code == 400


def test_a_payment_link_needs_the_broad_scope_and_sound_values(zoho, stranger, attached):
    day = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)).isoformat()
    key = attached["invoice_id"]
    assert [link(zoho, key, name).status_code for name in ("tomorrow", "2020-01-01", "")] == [400] * 3
    assert link(zoho, key, day, transaction_type="estimate").status_code == 400
    assert link(zoho, key, day, link_type="open").status_code == 400
    assert link(zoho, "1", day).status_code == 404
    stranger.connect(scope="ZohoBooks.settings.READ,ZohoBooks.invoices.ALL")
    assert link(stranger, key, day).json()["code"] == 57
