"""Single values as Zoho writes them: each test is named after what zoho.md 2.4 or 9 says."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.payment import AppliedAmount, Payment
from connectors.zoho.documents.zoho_user import ZohoUser

BIG_ID = "9007199254740993001"


def an_estimate(**fields: Any) -> dict[str, Any]:
    return {
        "estimate_id": "1",
        "status": "sent",
        "customer_id": "2",
        "total": 10,
        "currency_code": "USD",
    } | fields


def an_invoice(**fields: Any) -> dict[str, Any]:
    return {
        "invoice_id": "1",
        "status": "sent",
        "customer_id": "2",
        "total": 10,
        "balance": 10,
        "currency_code": "USD",
    } | fields


def a_payment(**fields: Any) -> dict[str, Any]:
    return {"payment_id": "1", "customer_id": "2", "amount": 10} | fields


@pytest.mark.parametrize("nothing", ["", None])
def test_facts_2_4_an_empty_text_or_null_stands_for_anything_absent(nothing: Any) -> None:
    fields = (
        "estimate_number",
        "date",
        "expiry_date",
        "price_precision",
        "sub_total",
        "discount",
        "line_items",
        "taxes",
        "billing_address",
        "invoice_ids",
        "last_modified_time",
        "notes",
    )
    assert Estimate.from_zoho(an_estimate(**dict.fromkeys(fields, nothing))) == Estimate.from_zoho(
        an_estimate()
    )


@pytest.mark.parametrize("nothing", ["", None])
def test_facts_9_3_an_empty_text_stands_for_absent_booleans_and_lists(nothing: Any) -> None:
    fields = (
        "allow_partial_payments",
        "payment_options",
        "in_process_payments",
        "ach_payment_initiated",
        "line_items",
    )
    invoice = Invoice.from_zoho(an_invoice(**dict.fromkeys(fields, nothing)))
    assert invoice.allows_partial is None
    assert (invoice.gateways, invoice.line_items, invoice.in_process) == ((), (), False)


def test_a_figure_zoho_did_not_give_is_none_and_never_nought() -> None:
    invoice = Invoice.from_zoho(an_invoice())
    assert [
        invoice.sub_total,
        invoice.tax_total,
        invoice.payment_made,
        invoice.credits_applied,
        invoice.write_off,
    ] == [None] * 5
    assert invoice.precision is None


def test_facts_2_4_amounts_are_exact_decimals_from_the_raw_text() -> None:
    body = json.loads(
        '{"estimate_id":"1","status":"sent","customer_id":"2","total":1234567.10,"currency_code":"BHD"}',
        parse_float=Decimal,
    )
    assert str(Estimate.from_zoho(body).total) == "1234567.10"


def test_facts_2_4_amounts_may_come_as_text() -> None:
    assert Estimate.from_zoho(an_estimate(total="12.50")).total == Decimal("12.50")


@pytest.mark.parametrize("wrong", [12.5, True, "12,50", "NaN", "Infinity", "1e400", [], {}, "ten"])
def test_an_amount_that_is_none_is_reported_by_name_and_not_guessed(wrong: Any) -> None:
    with pytest.raises(ZohoUnreadable) as caught:
        Invoice.from_zoho(an_invoice(balance=wrong), org="us-600")
    fault = caught.value
    assert (fault.org, fault.kind, fault.id, fault.field) == ("us-600", "invoice", "1", "balance")


def test_an_unreadable_field_is_named_by_its_path_and_its_value_is_not_repeated() -> None:
    with pytest.raises(ZohoUnreadable) as caught:
        Estimate.from_zoho(an_estimate(line_items=[{"rate": 1}, {"rate": "secret words"}]), org="us-600")
    assert caught.value.field == "line_items.1.rate"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("missing", ["total", "currency_code", "status", "customer_id", "estimate_id"])
def test_an_estimate_without_what_it_is_about_is_unreadable(missing: str) -> None:
    with pytest.raises(ZohoUnreadable, match=missing):
        Estimate.from_zoho({name: value for name, value in an_estimate().items() if name != missing})


@pytest.mark.parametrize("body", [None, [], "words", 7, {}])
def test_what_is_no_document_at_all_is_unreadable(body: Any) -> None:
    with pytest.raises(ZohoUnreadable):
        Estimate.from_zoho(body, org="us-600")


def test_facts_9_12_ids_beyond_the_safe_integer_stay_text() -> None:
    assert Estimate.from_zoho(an_estimate(estimate_id=BIG_ID)).id == BIG_ID
    assert Estimate.from_zoho(an_estimate(estimate_id=int(BIG_ID))).id == BIG_ID


@pytest.mark.parametrize("wrong", ["", "abc", "1/../2", "１２", Decimal("1.0"), True, "-1"])
def test_an_id_is_digits(wrong: Any) -> None:
    with pytest.raises(ZohoUnreadable, match="estimate_id"):
        Estimate.from_zoho(an_estimate(estimate_id=wrong))


def test_facts_2_4_a_time_has_an_offset_without_colon_and_becomes_utc() -> None:
    estimate = Estimate.from_zoho(an_estimate(last_modified_time="2026-06-09T09:46:21-0400"))
    assert estimate.modified_at == dt.datetime(2026, 6, 9, 13, 46, 21, tzinfo=dt.UTC)
    assert estimate.version == "2026-06-09T13:46:21+00:00"


def test_versions_sort_by_time_whatever_the_offset() -> None:
    times = ["2026-06-09T09:46:21-0400", "2026-06-09T14:00:00+0000", "2026-06-09T20:00:00+0530"]
    versions = [Estimate.from_zoho(an_estimate(last_modified_time=time)).version for time in times]
    assert versions == sorted(versions)


def test_a_time_without_offset_names_no_instant() -> None:
    with pytest.raises(ZohoUnreadable, match="last_modified_time"):
        Estimate.from_zoho(an_estimate(last_modified_time="2026-06-09T09:46:21"))


def test_facts_9_10_some_records_have_no_last_modified_time() -> None:
    assert Estimate.from_zoho(an_estimate()).version == ""


def test_facts_2_6_payment_details_carry_updated_time_where_rows_carry_last_modified_time() -> None:
    time = "2026-06-09T09:46:21-0400"
    row, detail = (
        Payment.from_zoho(a_payment(last_modified_time=time)),
        Payment.from_zoho(a_payment(updated_time=time)),
    )
    assert row.version == detail.version == "2026-06-09T13:46:21+00:00"


def test_facts_9_2_zipcode_in_lists_is_zip_in_details() -> None:
    row = Invoice.from_zoho(an_invoice(billing_address={"zipcode": "04103"}))
    detail = Invoice.from_zoho(an_invoice(billing_address={"zip": "04103"}))
    assert row.billing_address.zip == detail.billing_address.zip == "04103"


def test_facts_9_2_billing_says_street_where_books_says_address() -> None:
    address = Invoice.from_zoho(an_invoice(billing_address={"street": "1 Quay"})).billing_address
    assert address == Invoice.from_zoho(an_invoice(billing_address={"address": "1 Quay"})).billing_address


def test_facts_9_1_an_object_typed_as_a_list_is_read_either_way() -> None:
    assert Invoice.from_zoho(an_invoice(billing_address=[{"city": "Porto"}])).billing_address.city == "Porto"
    assert len(Estimate.from_zoho(an_estimate(line_items={"name": "Cloth"})).line_items) == 1


def test_facts_9_15_unknown_fields_are_ignored() -> None:
    assert Estimate.from_zoho(an_estimate(gst_treatment="x", cf_deep={"a": [1]})) == Estimate.from_zoho(
        an_estimate()
    )


def test_facts_10_25_unknown_statuses_are_kept_as_they_are() -> None:
    assert Invoice.from_zoho(an_invoice(status="paused")).status == "paused"


@pytest.mark.parametrize(
    ("said", "amount", "percent"),
    [(19, Decimal(19), None), ("12.5%", None, Decimal("12.5")), ("", None, None)],
)
def test_a_discount_is_an_amount_or_a_percentage(
    said: Any, amount: Decimal | None, percent: Decimal | None
) -> None:
    estimate = Estimate.from_zoho(an_estimate(discount=said))
    assert (estimate.discount, estimate.discount_percent) == (amount, percent)


def test_facts_4_6_invoice_numbers_are_one_text_joined_by_commas() -> None:
    assert Payment.from_zoho(a_payment(invoice_numbers="INV-1, INV-2")).invoice_numbers == ("INV-1", "INV-2")
    assert Payment.from_zoho(a_payment(invoice_number="INV-1")).invoice_numbers == ("INV-1",)


def test_facts_4_6_a_payments_detail_names_the_invoices_it_went_to() -> None:
    payment = Payment.from_zoho(
        a_payment(invoices=[{"invoice_id": "5", "invoice_number": "INV-5", "amount_applied": 4}])
    )
    assert payment.applied == (AppliedAmount("5", "INV-5", Decimal(4)),)
    assert payment.invoice_numbers == ("INV-5",)


def test_facts_9_17_the_mode_is_shown_as_zoho_shows_it() -> None:
    assert (
        Payment.from_zoho(a_payment(payment_mode="banktransfer", payment_mode_formatted="Bank Transfer")).mode
        == "Bank Transfer"
    )
    assert Payment.from_zoho(a_payment(payment_mode="banktransfer")).mode == "banktransfer"


@pytest.mark.parametrize(
    "sign",
    [
        {"ach_payment_initiated": True},
        {"inprocess_transaction_present": "true"},
        {"in_process_payments": [{"id": "1"}]},
    ],
)
def test_facts_5_2_a_slow_payment_under_way_hides_pay(sign: dict[str, Any]) -> None:
    assert Invoice.from_zoho(an_invoice()).can_be_paid()
    assert not Invoice.from_zoho(an_invoice(**sign)).can_be_paid()


def test_only_configured_gateways_are_named() -> None:
    options = {
        "payment_gateways": [
            {"configured": True, "gateway_name": "stripe"},
            {"configured": False, "gateway_name": "paypal"},
        ]
    }
    assert Invoice.from_zoho(an_invoice(payment_options=options)).gateways == ("stripe",)


def test_a_contacts_row_and_detail_are_read_by_the_same_class() -> None:
    contact = Contact.from_zoho(
        {
            "contact_id": "7",
            "contact_name": "Aster & Co",
            "outstanding_receivable_amount": Decimal("1.50"),
            "contact_persons": [
                {"contact_person_id": "8", "first_name": "Ana", "last_name": "", "is_primary_contact": True}
            ],
        }
    )
    assert (contact.outstanding, contact.unused_credits) == (Decimal("1.50"), None)
    assert contact.persons == (ContactPerson(id="8", first_name="Ana", is_primary=True),)
    assert contact.persons[0].full_name == "Ana"


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        (
            [{"account_id": "31", "last_four_digits": "0771", "mandate": {"new": True}}, {"account_id": 32}],
            ("31", "32"),
        ),
        (
            [
                {"account_id": "31"},
                {"account_id": "31"},
                {"id": "9"},
                "31",
                None,
                {"account_id": True},
                {"account_id": "1/2"},
            ],
            ("31",),
        ),
        ([], ()),
        ("", ()),
        (None, ()),
        ({"account_id": "31"}, ()),
        ("31", ()),
    ],
)
def test_facts_4_9_bank_accounts_of_a_contact_are_undocumented_and_never_make_it_unreadable(
    said: Any, ids: tuple[str, ...]
) -> None:
    contact = Contact.from_zoho({"contact_id": "1", "bank_accounts": said})
    assert contact.bank_account_ids == ids and Contact.from_stored(contact.to_stored()) == contact
    assert Contact.from_zoho({"contact_id": "1"}).bank_account_ids == ()


def test_facts_4_1_the_merchants_address_comes_in_parts_or_as_free_text() -> None:
    parts = Organization.from_zoho(
        {"organization_id": "1", "address": {"street_address1": "1 Quay", "zip": "04103", "city": "Porto"}}
    )
    free = Organization.from_zoho({"organization_id": "1", "org_address": "1 Quay\n\n04103 Porto\n"})
    assert parts.address_lines == free.address_lines == ("1 Quay", "04103 Porto")


def test_the_zoho_user_has_their_selected_address() -> None:
    emails = [
        {"email": "old@x.example", "is_selected": False},
        {"email": "ada@x.example", "is_selected": True},
    ]
    assert ZohoUser.from_zoho({"user_id": "3", "name": "Ada", "email_ids": emails}).email == "ada@x.example"
    assert ZohoUser.from_zoho({"user_id": "3", "email": "ada@x.example"}).email == "ada@x.example"


def test_half_a_surrogate_pair_does_not_reach_a_page() -> None:
    assert Estimate.from_zoho(an_estimate(notes=json.loads('"Gr\\ud83d"'))).notes == "Gr?"


def test_facts_4_2_a_contacts_detail_has_its_address_under_the_primary_person() -> None:
    people = [
        {"contact_person_id": "8", "email": "b@x.example"},
        {"contact_person_id": "9", "email": "a@x.example", "phone": "1"},
    ]
    contact = Contact.from_zoho({"contact_id": "7", "primary_contact_id": "9", "contact_persons": people})
    assert (contact.email, contact.phone) == ("a@x.example", "1")


@pytest.mark.parametrize(
    ("line", "amount", "percent"),
    [
        ({"discount": 10, "discount_amount": Decimal("3200.00")}, Decimal("3200.00"), None),
        ({"discount": 10}, None, None),
        ({"discount": "10%", "discount_amount": Decimal("3.50")}, Decimal("3.50"), Decimal("10")),
    ],
)
def test_a_bare_discount_of_a_line_is_never_shown_as_money(
    line: dict[str, Any], amount: Decimal | None, percent: Decimal | None
) -> None:
    body = an_estimate(line_items=[{"line_item_id": "1", "name": "Sail cloth", **line}])
    read = Estimate.from_zoho(body).line_items[0]
    assert (read.discount, read.discount_percent) == (amount, percent)
