"""Hosted pages of Billing, made by a call and used by a person (zoho.md 4.11, 7)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

BACK = "http://127.0.0.1:8600/invoices/1/paid?from=zoho"
HOUR = 3600
NEW_CARD = {
    "action": "pay",
    "method": "card",
    "number": "4242 4242 4242 4242",
    "expiry": "11/39",
    "holder": "Lena Hartmann",
}


@pytest.fixture
def owed(billing):
    """An open invoice of an offline subscription of Brightwater Cafés, as Billing tells it."""
    customer = billing.customer("Brightwater Cafés")["contact_id"]
    rows = billing.get("/subscriptions", customer_id=customer)["subscriptions"]
    offline = next(row for row in rows if row["status"] == "live" and not row["auto_collect"])
    return next(
        invoice
        for invoice in billing.get("/invoices", subscription_id=offline["subscription_id"])["invoices"]
        if invoice["balance"]
    )


def page_for(billing, invoice_id, **more):
    answer = billing.call(
        "POST", "/hostedpages/invoicepayment", body={"invoice_id": invoice_id, "redirect_url": BACK} | more
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["hostedpage"]


def read(billing, page):
    return billing.get(f"/hostedpages/{page['hostedpage_id']}")


def press(billing, page, **form):
    return billing.visitor.http.post(page["url"], data=form, allow_redirects=False, timeout=10)


def in_books(billing, invoice_id):
    return billing.visitor.get(f"/invoices/{invoice_id}")["invoice"]


def payments_on(billing, invoice_id):
    return billing.visitor.get(f"/invoices/{invoice_id}/payments")["payments"]


def event_types(billing):
    return [event["event_type"] for event in billing.get("/events", per_page=20)["events"]]


def test_a_page_is_made_fresh_for_an_hour_and_is_read_once_somebody_opens_it(billing, owed):
    page = page_for(billing, owed["invoice_id"])
    assert (
        re.fullmatch(r"[0-9a-f]{64}", page["hostedpage_id"])
        and page["status"] == "fresh"
        and page["action"] == "Invoice payment"
    )
    said = read(billing, page)
    assert (said["status"], said["action"], said["data"]) == ("fresh", "invoice_payment", {})
    shown = billing.visitor.http.get(page["url"], timeout=10)
    assert shown.status_code == 200 and owed["number"] in shown.text
    assert read(billing, page)["status"] == "read"


def test_paying_by_card_leads_back_and_zoho_books_the_payment_itself(billing, owed):
    page, before = page_for(billing, owed["invoice_id"]), in_books(billing, owed["invoice_id"])
    billing.visitor.move_clock(5)
    answer = press(billing, page, **NEW_CARD)
    assert answer.status_code == 303
    back = urlsplit(answer.headers["Location"])
    assert answer.headers["Location"].startswith(BACK) and parse_qs(back.query)["hostedpage_id"] == [
        page["hostedpage_id"]
    ]
    after, said = in_books(billing, owed["invoice_id"]), read(billing, page)
    assert (after["balance"], after["status"]) == (0, "paid") and after["last_modified_time"] > before[
        "last_modified_time"
    ]
    assert said["status"] == "success" and said["data"]["invoice"]["balance"] == 0
    assert said["data"]["subscription"]["plan"]["plan_code"] == "hours-ten"
    payment = payments_on(billing, owed["invoice_id"])[-1]
    assert payment["amount"] == owed["balance"] and payment["online_transaction_id"]
    detail = billing.visitor.get(f"/customerpayments/{payment['payment_id']}")["payment"]
    assert (detail["last_four_digits"], detail["payment_gateway"]) == ("4242", "stripe")
    assert event_types(billing)[0] == "payment_thankyou"


def test_a_stored_card_can_be_chosen(billing, owed):
    page = page_for(billing, owed["invoice_id"])
    card = billing.get(f"/customers/{owed['customer_id']}/cards")["cards"][0]
    assert press(billing, page, action="pay", method=card["card_id"]).status_code == 303
    assert in_books(billing, owed["invoice_id"])["status"] == "paid"


def test_a_stored_card_whose_time_is_over_is_declined(billing):
    customer = billing.customer("Northgate Clinics")["contact_id"]
    over = next(
        card
        for card in billing.get(f"/customers/{customer}/cards")["cards"]
        if card["last_four_digits"] == 1881
    )
    rows = billing.get("/invoices", customer_id=customer, filter_by="Status.OverDue")["invoices"]
    assert (
        press(
            billing, page_for(billing, rows[0]["invoice_id"]), action="pay", method=over["card_id"]
        ).status_code
        == 402
    )
    assert in_books(billing, rows[0]["invoice_id"])["balance"] == rows[0]["balance"]


def test_a_declined_card_takes_nothing_and_one_can_try_again(billing, owed):
    page = page_for(billing, owed["invoice_id"])
    answer = press(billing, page, **(NEW_CARD | {"number": "4000 0000 0000 0002"}))
    assert answer.status_code == 402 and "declined" in answer.text
    assert read(billing, page)["status"] == "failed" and event_types(billing)[0] == "payment_declined"
    assert in_books(billing, owed["invoice_id"])["balance"] == owed["balance"]
    assert press(billing, page, **NEW_CARD).status_code == 303
    assert read(billing, page)["status"] == "success" and len(payments_on(billing, owed["invoice_id"])) == 1


def test_cancelling_leads_back_with_nothing_changed_and_ends_the_page(billing, owed):
    page = page_for(billing, owed["invoice_id"])
    assert press(billing, page, action="cancel").headers["Location"].startswith(BACK)
    assert read(billing, page)["status"] == "cancelled"
    assert "cancelled" in press(billing, page, **NEW_CARD).text
    assert in_books(billing, owed["invoice_id"])["balance"] == owed["balance"]


def test_without_a_return_address_the_page_itself_says_how_it_ended(billing, owed):
    page = page_for(billing, owed["invoice_id"], redirect_url="")
    answer = press(billing, page, **NEW_CARD)
    assert answer.status_code == 200 and "Thank you" in answer.text


def test_a_page_lives_for_one_hour_by_the_sandboxs_clock(billing, owed):
    page = page_for(billing, owed["invoice_id"])
    billing.visitor.move_clock(HOUR - 5)
    assert billing.visitor.http.get(page["url"], timeout=10).status_code == 200
    billing.visitor.move_clock(6)
    billing.visitor.access_token = billing.visitor.refresh().json()["access_token"]
    assert billing.visitor.http.get(page["url"], timeout=10).status_code == 410
    assert press(billing, page, **NEW_CARD).status_code == 410
    assert (
        read(billing, page)["status"] == "read"
        and in_books(billing, owed["invoice_id"])["balance"] == owed["balance"]
    )


def test_two_pages_for_one_invoice_take_the_money_once(billing, owed):
    pages = [page_for(billing, owed["invoice_id"]) for _ in range(2)]
    assert press(billing, pages[0], **NEW_CARD).status_code == 303
    assert press(billing, pages[1], **NEW_CARD).status_code == 400
    assert len(payments_on(billing, owed["invoice_id"])) == 1


def test_a_part_can_be_paid_where_the_invoice_allows_it_and_only_there(billing, owed):
    page = page_for(billing, owed["invoice_id"])
    for wrong in ("0", "-1", "a lot", str(owed["balance"] + 1), "0.001"):
        assert press(billing, page, **NEW_CARD, amount=wrong).status_code == 400
    assert press(billing, page, **NEW_CARD, amount="120.00").status_code == 303
    assert in_books(billing, owed["invoice_id"])["balance"] == owed["balance"] - 120
    rows = billing.visitor.get("/invoices", customer_id=owed["customer_id"])["invoices"]
    whole = next(row for row in rows if not in_books(billing, row["invoice_id"])["allow_partial_payments"])
    assert press(billing, page_for(billing, whole["invoice_id"]), **NEW_CARD, amount="1").status_code == 303
    assert in_books(billing, whole["invoice_id"])["balance"] == 0


@pytest.mark.parametrize(
    "wrong",
    [{"number": "4242"}, {"number": "abcd"}, {"expiry": "13/39"}, {"expiry": "01/20"}, {"expiry": ""}],
)
def test_what_is_mistyped_is_said_and_changes_nothing(billing, owed, wrong):
    page = page_for(billing, owed["invoice_id"])
    answer = press(billing, page, **(NEW_CARD | wrong))
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert payments_on(billing, owed["invoice_id"]) == []


def test_a_card_is_kept_only_when_asked_and_only_for_a_subscription(billing, owed):
    def digits():
        return [
            card["last_four_digits"]
            for card in billing.get(f"/customers/{owed['customer_id']}/cards")["cards"]
        ]

    press(
        billing,
        page_for(billing, owed["invoice_id"]),
        **(NEW_CARD | {"number": "5555 5555 5555 1234"}),
        amount="1",
    )
    assert 1234 not in digits()
    press(
        billing,
        page_for(billing, owed["invoice_id"]),
        **(NEW_CARD | {"number": "5555 5555 5555 1234"}),
        amount="1",
        keep="yes",
    )
    assert 1234 in digits()
    rows = billing.visitor.get("/invoices", customer_id=owed["customer_id"], status="sent")["invoices"]
    plain = next(row for row in rows if row["invoice_id"] != owed["invoice_id"])
    press(
        billing,
        page_for(billing, plain["invoice_id"]),
        **(NEW_CARD | {"number": "5555 5555 5555 9876"}),
        keep="yes",
    )
    assert 9876 not in digits()


def test_pages_are_only_made_for_what_can_be_paid(billing, owed):
    def made(**body):
        answer = billing.call("POST", "/hostedpages/invoicepayment", body=body)
        return answer.status_code, answer.json()["code"]

    assert made(invoice_id="1") == (404, 1002) and made() == (400, 4)
    assert made(invoice_id=owed["invoice_id"], redirect_url="javascript:alert(1)") == (400, 4)
    for status in ("Paid", "Void", "Draft"):
        other = billing.get("/invoices", filter_by=f"Status.{status}")["invoices"][0]
        assert made(invoice_id=other["invoice_id"])[0] == 400
    billing.visitor.settings(payment_gateways=[])
    assert made(invoice_id=owed["invoice_id"])[0] == 400


def test_paying_on_a_page_rings_no_webhook_of_books_but_a_merchant_who_records_does(billing, owed):
    billing.visitor.control(
        "POST", "webhooks", organization_id="600123101", url="http://127.0.0.1:9/hook", mode="never"
    )
    press(billing, page_for(billing, owed["invoice_id"]), **NEW_CARD, amount="10")

    def heard():
        return [
            delivery["id"]
            for delivery in billing.visitor.control("GET", "webhooks")["deliveries"]
            if delivery["module"] == "invoice"
        ]

    assert heard() == []
    form = {"amount": "10", "date": owed["invoice_date"], "payment_mode": "cash", "reference_number": ""}
    billing.visitor.http.post(
        f"{billing.visitor.origin}/app/600123101/invoices/{owed['invoice_id']}/payments/new",
        data=form,
        timeout=10,
    )
    assert heard() == [owed["invoice_id"]]


def test_making_and_reading_pages_needs_the_scope_for_each(billing, stranger, owed):
    page = page_for(billing, owed["invoice_id"])
    stranger.connect(scope="ZohoSubscriptions.hostedpages.READ")
    assert (
        billing.call("POST", "/hostedpages/invoicepayment", body={"invoice_id": owed["invoice_id"]}).json()[
            "code"
        ]
        == 57
    )
    assert read(billing, page)["status"] == "fresh"
    assert billing.call("GET", "/hostedpages/1").json()["code"] == 1002
    assert billing.visitor.http.get(f"{billing.visitor.origin}/hostedpage/2-1", timeout=10).status_code == 404


def test_the_hour_of_one_page_can_be_ended(billing, owed):
    page, other = page_for(billing, owed["invoice_id"]), page_for(billing, owed["invoice_id"])
    billing.visitor.control(
        "POST", "hosted_pages", organization_id="600123101", hostedpage_id=page["hostedpage_id"]
    )
    assert (
        press(billing, page, **NEW_CARD).status_code == 410
        and press(billing, other, **NEW_CARD).status_code == 303
    )


def test_what_is_booked_late_stands_on_the_page_alone_until_then_and_a_second_page_takes_it_again(
    billing, owed
):
    billing.visitor.settings(booking_delay=600)
    pages = [page_for(billing, owed["invoice_id"]) for _ in range(2)]
    before = len(payments_on(billing, owed["invoice_id"]))
    for page in pages:
        assert press(billing, page, **NEW_CARD).status_code == 303
    assert [read(billing, page)["status"] for page in pages] == ["success", "success"]
    assert in_books(billing, owed["invoice_id"])["balance"] == owed["balance"]
    billing.visitor.move_clock(601)
    assert (
        in_books(billing, owed["invoice_id"])["balance"] == 0
        and len(payments_on(billing, owed["invoice_id"])) == before + 1
    )
    all_of_them = billing.visitor.get("/customerpayments", customer_id=owed["customer_id"], per_page=200)[
        "customerpayments"
    ]
    assert [
        record["unused_amount"]
        for record in all_of_them
        if record["amount"] == owed["balance"] and record["unused_amount"]
    ] == [owed["balance"]]
