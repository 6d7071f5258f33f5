"""An organisation with very many documents behaves like one with few: lists, filters, orders, edits, sums,
restarts.
"""

from __future__ import annotations

from datetime import date

import pytest
import requests

from sandbox.generated.columns import make_columns
from tests.servers.free_ports import free_ports
from tests.servers.sandbox_server import SandboxServer

INVOICES = 1_500


@pytest.fixture
def many(zoho):
    """The studio with its own documents and many generated ones."""
    zoho.made = zoho.control(
        "POST", "generate", organization_id=zoho.organization_id, invoices=INVOICES, customers=40, seed=5
    )
    return zoho


def everything(zoho, kind, **query):
    rows, page, key = [], 1, {"invoices": "invoices", "customerpayments": "customerpayments"}[kind]
    while True:
        answer = zoho.get(f"/{kind}", page=page, **query)
        rows += answer[key]
        if not answer["page_context"]["has_more_page"]:
            return rows
        assert len(answer[key]) == answer["page_context"]["per_page"]
        page += 1


def generated(rows):
    return [row for row in rows if row["invoice_number"].startswith("INV-G")]


def settled(zoho, paid=True):
    """A generated invoice that was paid, or one that is not."""
    return generated(zoho.get("/invoices", status="paid" if paid else "sent")["invoices"])[0]


def test_lists_hold_every_document_once(many):
    for kind, own_id in (("invoices", "invoice_id"), ("customerpayments", "payment_id")):
        rows = everything(many, kind)
        assert (
            len({row[own_id] for row in rows})
            == len(rows)
            == many.made["invoices" if kind == "invoices" else "payments"]
        )
    assert len(generated(everything(many, "invoices"))) == INVOICES


def test_generated_documents_have_the_fields_that_others_have(many):
    rows = everything(many, "invoices", status="paid")
    ours, theirs = next(row for row in rows if row not in generated(rows)), generated(rows)[0]
    assert set(ours) == set(theirs)
    details = [many.get(f"/invoices/{record['invoice_id']}")["invoice"] for record in (ours, theirs)]
    assert set(details[0]) == set(details[1]) and set(details[0]["line_items"][0]) == set(
        details[1]["line_items"][0]
    )
    assert sum(item["item_total"] for item in details[1]["line_items"]) == pytest.approx(details[1]["total"])
    payments = [
        many.get(f"/invoices/{record['invoice_id']}/payments")["payments"][0] for record in (ours, theirs)
    ]
    assert set(payments[0]) == set(payments[1])
    both = [many.get(f"/customerpayments/{payment['payment_id']}")["payment"] for payment in payments]
    assert set(both[0]) == set(both[1]) and both[1]["invoices"][0]["invoice_id"] == theirs["invoice_id"]
    assert many.call("GET", f"/invoices/{theirs['invoice_id']}", accept="pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("order", ["A", "D"])
@pytest.mark.parametrize(
    "column", ["created_time", "last_modified_time", "date", "due_date", "total", "balance", "customer_name"]
)
def test_every_order_is_that_of_the_whole_list_with_edited_documents_among_the_others(many, column, order):
    for record in generated(many.get("/invoices", page=3)["invoices"])[:5]:
        many.call("POST", f"/invoices/{record['invoice_id']}/status/void")
    rows = everything(many, "invoices", sort_column=column, sort_order=order, per_page=170)
    values = [row[column].casefold() if isinstance(row[column], str) else row[column] for row in rows]
    assert values == sorted(values, reverse=order == "D") and len(rows) == many.made["invoices"]


def test_filters_find_what_a_look_at_every_row_finds(many):
    rows = everything(many, "invoices")
    customer = generated(rows)[0]["customer_id"]
    moment = sorted(row["last_modified_time"] for row in rows)[-300]
    expected = {
        "customer_id": [row for row in rows if row["customer_id"] == customer],
        "status": [row for row in rows if row["status"] == "overdue"],
        "last_modified_time": [row for row in rows if row["last_modified_time"] >= moment],
        "total_greater_than": [row for row in rows if row["total"] > 3000],
    }
    asked = {
        "customer_id": customer,
        "status": "overdue",
        "last_modified_time": moment,
        "total_greater_than": "3000",
    }
    for name, wanted in expected.items():
        for column in ("created_time", "last_modified_time"):
            found = everything(many, "invoices", **{name: asked[name]}, sort_column=column, sort_order="A")
            assert {record["invoice_id"] for record in found} == {
                record["invoice_id"] for record in wanted
            } and wanted


def test_an_edit_is_kept_and_found_everywhere(many):
    invoice = settled(many, paid=False)
    body = {
        "customer_id": invoice["customer_id"],
        "amount": invoice["balance"],
        "reference_number": "EDIT",
        "invoices": [{"invoice_id": invoice["invoice_id"], "amount_applied": invoice["balance"]}],
    }
    before = many.get("/invoices", sort_column="last_modified_time", sort_order="D")["invoices"][0][
        "last_modified_time"
    ]
    assert many.call("POST", "/customerpayments", body=body).status_code == 201
    assert many.get(f"/invoices/{invoice['invoice_id']}")["invoice"]["status"] == "paid"
    newest = many.get(
        "/invoices", last_modified_time=before, sort_column="last_modified_time", sort_order="D"
    )["invoices"]
    assert newest[0]["invoice_id"] == invoice["invoice_id"]
    rows = [
        record
        for record in everything(many, "invoices", status="paid")
        if record["invoice_id"] == invoice["invoice_id"]
    ]
    assert [row["balance"] for row in rows] == [0] and len(everything(many, "invoices")) == many.made[
        "invoices"
    ]


def test_the_merchants_page_edits_and_comments_a_generated_invoice(many):
    invoice = settled(many, paid=False)
    address = f"{many.origin}/app/{many.organization_id}/invoices/{invoice['invoice_id']}"
    form = {
        "date": invoice["date"],
        "due_date": invoice["due_date"],
        "line-1-name": "Other work",
        "line-1-rate": "77",
    }
    assert requests.post(f"{address}/edit", data=form, timeout=20).status_code == 200
    requests.post(f"{address}/comments", data={"description": "as agreed"}, timeout=20)
    after = many.get(f"/invoices/{invoice['invoice_id']}")["invoice"]
    assert (after["total"], after["line_items"][0]["name"]) == (77, "Other work")
    comments = many.get(f"/invoices/{invoice['invoice_id']}/comments")["comments"]
    assert "as agreed" in [comment["description"] for comment in comments]


def test_voiding_a_paid_one_frees_its_payment(many):
    invoice = settled(many)
    payment = many.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"][0]
    many.call("POST", f"/invoices/{invoice['invoice_id']}/status/void")
    freed = many.get(f"/customerpayments/{payment['payment_id']}")["payment"]
    assert (freed["unused_amount"], freed["invoices"]) == (payment["amount"], [])
    assert many.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"] == []
    contact = many.get(f"/contacts/{invoice['customer_id']}")["contact"]
    assert contact["unused_credits_receivable_amount"] == payment["amount"]


def test_a_payment_that_was_changed_settles_its_invoice_once(many):
    invoice = settled(many)
    (payment,) = many.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"]
    body = {
        "organization_id": many.organization_id,
        "kind": "payments",
        "id": payment["payment_id"],
        "fields": {"description": "late"},
    }
    many.control("POST", "documents", **body)
    assert [
        payment["description"]
        for payment in many.get(f"/invoices/{invoice['invoice_id']}/payments")["payments"]
    ] == ["late"]


def test_what_a_customer_owes_is_the_sum_of_their_open_invoices(many):
    unpaid = settled(many, paid=False)

    def owed_and_open():
        rows = everything(many, "invoices", customer_id=unpaid["customer_id"])
        contact = many.get(f"/contacts/{unpaid['customer_id']}")["contact"]
        assert contact["has_transaction"]
        return contact["outstanding_receivable_amount"], sum(
            row["balance"] for row in rows if row["status"] not in ("draft", "void")
        )

    owed, opened = owed_and_open()
    assert owed == pytest.approx(opened) and owed > 0
    many.call("POST", f"/invoices/{unpaid['invoice_id']}/writeoff")
    less, opened = owed_and_open()
    assert less == pytest.approx(opened) == pytest.approx(owed - unpaid["balance"])


def test_a_deleted_one_is_gone(many):
    key = settled(many)["invoice_id"]
    address = (
        f"{many.origin}/_sandbox/documents?organization_id={many.organization_id}&kind=invoices&id={key}"
    )
    requests.delete(address, timeout=10).raise_for_status()
    assert many.call("GET", f"/invoices/{key}").json()["code"] == 1002
    assert key not in {record["invoice_id"] for record in everything(many, "invoices")}


def test_the_truth_of_one_document_is_told_without_the_others(many, sandbox):
    key = settled(many)["invoice_id"]
    told = sandbox.state(organization_id=many.organization_id, kind="invoices", id=key)[many.organization_id][
        "invoices"
    ]
    assert list(told) == [key] and told[key]["status"] == "paid"


def test_the_same_order_makes_the_same_documents(many, sandbox):
    before = everything(many, "invoices")
    sandbox.reset()
    many.connect().control(
        "POST", "generate", organization_id=many.organization_id, invoices=INVOICES, customers=40, seed=5
    )
    assert [record["total"] for record in everything(many, "invoices")] == [
        record["total"] for record in before
    ]


@pytest.mark.parametrize(
    "wrong", [{"invoices": 0}, {"invoices": 10**7}, {"customers": 0}, {"organization_id": "1"}]
)
def test_an_order_that_makes_no_sense_is_refused(zoho, wrong):
    body = {"organization_id": zoho.organization_id, "invoices": 10, "customers": 2, "seed": 1} | wrong
    assert requests.post(f"{zoho.origin}/_sandbox/generate", json=body, timeout=10).status_code in (400, 404)


def test_generating_twice_is_refused(many):
    body = {"organization_id": many.organization_id, "invoices": 10, "customers": 2, "seed": 1}
    assert requests.post(f"{many.origin}/_sandbox/generate", json=body, timeout=10).status_code == 400


def test_a_restart_makes_the_same_documents_again_and_keeps_edits(tmp_path, visitor_type):
    ports = dict(zip(("us", "eu", "in"), free_ports(3), strict=True))
    server = SandboxServer(ports, portal="http://127.0.0.1:9", folder=tmp_path)
    server.start()
    try:
        zoho = visitor_type(server).connect()
        zoho.control(
            "POST", "generate", organization_id=zoho.organization_id, invoices=300, customers=10, seed=5
        )
        first, second = generated(zoho.get("/invoices", status="sent")["invoices"])[:2]
        zoho.call("POST", f"/invoices/{first['invoice_id']}/status/void")
        requests.delete(
            f"{zoho.origin}/_sandbox/documents?organization_id={zoho.organization_id}&kind=invoices&id={second['invoice_id']}",
            timeout=10,
        ).raise_for_status()
        before = everything(zoho, "invoices")
        server.stop()
        assert (tmp_path / "sandbox.json").stat().st_size < 6_000_000
        server.start()
        assert everything(zoho, "invoices") == before
        assert (
            next(record["status"] for record in before if record["invoice_id"] == first["invoice_id"])
            == "void"
        )
        zoho.http.close()
    finally:
        server.stop()
        server.http.close()


def test_a_hundred_thousand_take_a_few_bytes_each():
    columns = make_columns(count=100_000, customers=500, seed=1, today=date(2026, 11, 23))
    arrays = (columns.customers, columns.days, columns.totals, columns.created, columns.modified)
    assert sum(array.itemsize for array in arrays) + 1 <= 48 and {
        len(array) for array in (*arrays, columns.kinds)
    } == {100_000}
    assert min(columns.totals) > 0 and all(total % 2 == 0 for total in columns.totals)
