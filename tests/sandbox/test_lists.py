"""Lists: pages, filters, order, incremental reads (zoho.md 2.5, 2.6, 9)."""

from __future__ import annotations

import re

import pytest

KINDS = ("contacts", "estimates", "invoices", "customerpayments", "creditnotes")


@pytest.mark.parametrize("kind", KINDS)
def test_pages_together_hold_every_row_once(zoho, kind):
    rows, page, more = [], 1, True
    while more:
        answer = zoho.get(f"/{kind}", page=page, per_page=7 if kind in ("contacts", "creditnotes") else 90)
        more, page = answer["page_context"]["has_more_page"], page + 1
        rows += answer[kind]
    ids = [next(value for name, value in row.items() if name.endswith("_id")) for row in rows]
    state = "payments" if kind == "customerpayments" else "credit_notes" if kind == "creditnotes" else kind
    assert sorted(ids) == sorted(
        zoho.sandbox.state(organization_id="600123101", kind=state)["600123101"][state]
    )


def test_a_page_has_at_most_200_rows(zoho):
    answer = zoho.get("/invoices", per_page=1000)
    assert (
        len(answer["invoices"]),
        answer["page_context"]["per_page"],
        answer["page_context"]["has_more_page"],
    ) == (200, 200, True)


def test_invoices_alone_tell_how_many_there_are_when_asked(zoho):
    every = zoho.sandbox.state(organization_id="600123101", kind="invoices")["600123101"]["invoices"]
    assert zoho.get("/invoices", response_option=1, per_page=5)["page_context"]["total"] == len(every)
    of_one = {"customer_id": zoho.first("invoices")["customer_id"]}
    assert zoho.get("/invoices", response_option=1, **of_one)["page_context"]["total"] == len(
        zoho.get("/invoices", **of_one)["invoices"]
    )
    assert "total" not in zoho.get("/invoices")["page_context"]
    assert "total" not in zoho.get("/estimates", response_option=1)["page_context"]


def test_an_unknown_filter_is_ignored_silently(zoho):
    assert zoho.get("/estimates", custmer_id="1")["estimates"] == zoho.get("/estimates")["estimates"]


def test_the_customer_filter_works_unless_told_to_ignore_it(zoho):
    wanted = zoho.first("estimates")["customer_id"]
    assert {row["customer_id"] for row in zoho.get("/estimates", customer_id=wanted)["estimates"]} == {wanted}
    zoho.settings(ignores_customer_filter=["estimates"])
    assert len({row["customer_id"] for row in zoho.get("/estimates", customer_id=wanted)["estimates"]}) > 1


@pytest.mark.parametrize("kind", ["contacts", "estimates", "invoices", "customerpayments"])
def test_last_modified_time_is_inclusive(zoho, kind):
    rows = zoho.get(f"/{kind}", sort_column="last_modified_time", sort_order="A")[kind]
    boundary = rows[len(rows) // 2]["last_modified_time"]
    found = zoho.get(
        f"/{kind}", last_modified_time=boundary, sort_column="last_modified_time", sort_order="A"
    )[kind]
    assert found[0]["last_modified_time"] == boundary
    assert (rows[0] not in found and rows[-1] in found) or len(found) == 200


@pytest.mark.parametrize(
    "form",
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.000+0000", "2026-01-01"],
)
def test_other_forms_of_time_are_refused(zoho, form):
    answer = zoho.call("GET", "/invoices", last_modified_time=form)
    assert (answer.status_code, answer.json()["code"]) == (400, 4)


def test_an_organisation_may_ignore_the_filter_or_refuse_the_sort_or_leave_the_time_out(zoho):
    zoho.settings(
        ignores_modified_since=["estimates"],
        refuses_modified_sort=["estimates"],
        without_modified_time=["estimates"],
    )
    future = "2099-01-01T00:00:00+0000"
    rows = zoho.get("/estimates", last_modified_time=future)["estimates"]
    assert rows and "last_modified_time" not in rows[0]
    assert zoho.call("GET", "/estimates", sort_column="last_modified_time").status_code == 400
    assert zoho.get("/invoices", last_modified_time=future)["invoices"] == []


@pytest.mark.parametrize("status", ["draft", "sent", "accepted", "declined", "expired", "invoiced"])
def test_estimates_are_filtered_by_the_status_of_today(zoho, status):
    rows = zoho.get("/estimates", status=status)["estimates"]
    assert rows and {row["status"] for row in rows} == {status}
    assert zoho.get("/estimates", filter_by=f"Status.{status.capitalize()}")["estimates"] == rows


def test_unpaid_is_a_bucket_over_all_open_invoices(zoho):
    rows = zoho.get("/invoices", status="unpaid")["invoices"]
    assert {"overdue", "sent"} <= {row["status"] for row in rows} and all(row["balance"] > 0 for row in rows)
    assert not {"draft", "void", "paid"} & {row["status"] for row in rows}


def test_number_and_date_filters_have_their_variants(zoho):
    dates = [
        row["date"]
        for row in zoho.get("/invoices", date_start="2026-01-01", date_before="2026-06-01")["invoices"]
    ]
    assert all("2026-01-01" <= date < "2026-06-01" for date in dates)
    assert all(row["total"] > 9000 for row in zoho.get("/invoices", total_greater_than="9000")["invoices"])
    assert zoho.call("GET", "/invoices", total_less_than="many").status_code == 400


@pytest.mark.parametrize(("order", "backwards"), [("A", False), ("D", True)])
def test_rows_come_in_the_order_asked_for(zoho, order, backwards):
    totals = [
        row["total"] for row in zoho.get("/estimates", sort_column="total", sort_order=order)["estimates"]
    ]
    assert totals == sorted(totals, reverse=backwards)


def test_the_page_context_is_an_object_with_zohos_names(zoho):
    context = zoho.get("/estimates", sort_column="date", sort_order="D")["page_context"]
    assert context | {"has_more_page": True} == {
        "page": 1,
        "per_page": 200,
        "has_more_page": True,
        "report_name": "Quotes",
        "applied_filter": "Status.All",
        "sort_column": "date",
        "sort_order": "D",
    }


def test_ids_are_digits_beyond_what_a_float_can_hold(zoho):
    for kind in KINDS:
        row = zoho.first(kind)
        own = next(value for name, value in row.items() if name.endswith("_id"))
        assert isinstance(own, str) and int(own) > 2**53 and str(int(float(own))) != own


def test_times_are_in_the_organisations_zone_without_a_colon(zoho, german):
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45]00", zoho.first("estimates")["last_modified_time"]
    )
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]00", german.first("estimates")["last_modified_time"]
    )


def test_list_rows_say_zipcode_and_details_zip(zoho):
    row = zoho.first("invoices")
    detail = zoho.get(f"/invoices/{row['invoice_id']}")["invoice"]
    assert row["billing_address"]["zipcode"] == detail["billing_address"]["zip"]
    assert "zip" not in row["billing_address"] and "zipcode" not in detail["billing_address"]


def test_absent_dates_are_empty_text(zoho):
    draft = zoho.first("estimates", status="draft")
    assert (draft["accepted_date"], draft["declined_date"], draft["client_viewed_time"]) == ("", "", "")


def test_payment_rows_and_details_name_their_change_differently(zoho):
    row = zoho.first("customerpayments")
    detail = zoho.get(f"/customerpayments/{row['payment_id']}")["payment"]
    assert detail["updated_time"] == row["last_modified_time"] and "last_modified_time" not in detail


def test_email_finds_the_primary_person_only(zoho):
    assert [
        contact["contact_name"]
        for contact in zoho.get("/contacts", email="LENA@brightwater.example")["contacts"]
    ] == ["Brightwater Cafés"]
    assert zoho.get("/contacts", email="marcus@brightwater.example")["contacts"] == []


def test_an_empty_organisation_answers_empty_lists(zoho, sandbox):
    for kind in KINDS:
        assert zoho.get(f"/{kind}", organization_id="600123102")[kind] == []


def test_invoices_are_found_by_balance_day_of_making_line_and_the_customers_address(zoho):
    customer = zoho.first("contacts", contact_name="Brightwater Cafés")
    rows = zoho.get("/invoices", customer_id=customer["contact_id"])["invoices"]
    one = zoho.get(f"/invoices/{rows[0]['invoice_id']}")["invoice"]
    line = one["line_items"][0]
    asked = {
        "balance_greater_than": str(one["balance"] - 1),
        "created_date": one["created_time"][:10],
        "item_id": line["item_id"],
        "item_name": line["name"],
        "email": customer["email"],
    }
    for name, value in asked.items():
        found = zoho.get("/invoices", customer_id=customer["contact_id"], **{name: value})["invoices"]
        assert one["invoice_id"] in {row["invoice_id"] for row in found}, name
        assert (
            zoho.get("/invoices", **{name: "nobody@nowhere.example" if name == "email" else "99999999"})[
                "invoices"
            ]
            == []
        ), name


@pytest.mark.parametrize("name", ["first_name", "last_name", "email", "phone"])
def test_contacts_are_found_and_sorted_by_their_primary_person(zoho, name):
    one = next(row for row in zoho.get("/contacts")["contacts"] if row[name])
    assert one["contact_id"] in {
        row["contact_id"]
        for row in zoho.get("/contacts", **{f"{name}_startswith": one[name][:4]})["contacts"]
    }
    assert zoho.get("/contacts", contact_type="vendor")["contacts"] == []
    owed = [
        row["outstanding_receivable_amount"]
        for row in zoho.get("/contacts", sort_column="outstanding_receivable_amount")["contacts"]
    ]
    assert owed == sorted(owed)


def test_recurring_invoices_and_credit_notes_are_found_by_their_lines(zoho):
    kinds = (
        ("recurringinvoices", "recurring_invoices", "recurring_invoice_id"),
        ("creditnotes", "creditnotes", "creditnote_id"),
    )
    for kind, key, own_id in kinds:
        row = zoho.get(f"/{kind}")[key][0]
        detail = zoho.get(f"/{kind}/{row[own_id]}")[key[:-1]]
        found = zoho.get(f"/{kind}", item_name=detail["line_items"][0]["name"])[key]
        assert row[own_id] in {item[own_id] for item in found}
        assert zoho.get(f"/{kind}", item_name="no such thing")[key] == []
