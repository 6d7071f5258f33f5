"""Subscriptions as the clock moves: trials, terms, charges, ends (zoho.md 5.4)."""

from __future__ import annotations

from collections import Counter

import pytest

DAY = 24 * 3600
MONTH = 28
"""Days within which every monthly term of the seed ends once."""


def later(billing, days):
    billing.visitor.move_clock(days * DAY)
    billing.visitor.access_token = billing.visitor.refresh().json()["access_token"]


def all_of(billing, status, online=True):
    rows = billing.get("/subscriptions")["subscriptions"]
    return [row for row in rows if row["status"] == status and row["auto_collect"] is online]


def get_detail(billing, row):
    return billing.get(f"/subscriptions/{row['subscription_id']}")["subscription"]


def invoices(billing, row):
    return billing.get("/invoices", subscription_id=row["subscription_id"])["invoices"]


@pytest.fixture
def by_card(billing):
    """A live monthly subscription that a card pays which ends this month."""
    customer = billing.customer("Brightwater Cafés")["contact_id"]
    return next(
        subscription
        for subscription in billing.get("/subscriptions", customer_id=customer)["subscriptions"]
        if subscription["status"] == "live" and subscription["auto_collect"]
    )


def test_a_month_later_the_next_term_is_billed_and_charged(billing, by_card):
    billing.call("POST", "/hostedpages/updatecard", body={"subscription_id": by_card["subscription_id"]})
    card = get_detail(billing, by_card)["card"]["card_id"]
    page = billing.call("POST", "/hostedpages/updatepaymentmethod", body={"card_id": card}).json()[
        "hostedpage"
    ]["url"]
    billing.visitor.http.post(page, data={"number": "4242424242424242", "expiry": "12/39"}, timeout=10)
    before = invoices(billing, by_card)
    later(billing, MONTH)
    after = get_detail(billing, by_card)
    newest = [invoice for invoice in invoices(billing, by_card) if invoice not in before]
    assert (
        len(newest) == 1
        and newest[0]["status"] == "paid"
        and newest[0]["invoice_id"] == after["child_invoice_id"]
    )
    assert after["current_term_starts_at"] == newest[0]["invoice_date"] == by_card["next_billing_at"]
    assert after["next_billing_at"] > after["current_term_starts_at"] and after["status"] == "live"
    types = {event["event_type"] for event in billing.get("/events")["events"]}
    assert {"subscription_renewed", "invoice_created", "payment_thankyou"} <= types


def test_a_card_whose_time_is_over_brings_dunning_then_unpaid_and_paying_brings_it_back(billing, by_card):
    while get_detail(billing, by_card)["status"] == "live":
        later(billing, MONTH)
    assert get_detail(billing, by_card)["status"] == "dunning"
    owed = [invoice for invoice in invoices(billing, by_card) if invoice["balance"]]
    assert len(owed) == 1
    later(billing, 31)
    assert get_detail(billing, by_card)["status"] == "unpaid"
    page = billing.call(
        "POST", "/hostedpages/invoicepayment", body={"invoice_id": owed[0]["invoice_id"]}
    ).json()["hostedpage"]["url"]
    billing.visitor.http.post(
        page,
        data={"action": "pay", "method": "card", "number": "4242424242424242", "expiry": "12/39"},
        timeout=10,
    )
    assert get_detail(billing, by_card)["status"] == "live"
    types = [event["event_type"] for event in billing.get("/events")["events"]]
    assert {
        "card_expiring",
        "card_expired",
        "payment_declined",
        "subscription_unpaid",
        "subscription_reactivated",
    } <= set(types)


def test_offline_terms_are_billed_and_left_to_the_customer(billing):
    row = next(
        record for record in all_of(billing, "live", online=False) if record["interval_unit"] == "months"
    )
    before = len(invoices(billing, row))
    later(billing, MONTH)
    newest = invoices(billing, row)[0]
    assert (
        len(invoices(billing, row)) == before + 1
        and newest["balance"] == newest["total"]
        and get_detail(billing, row)["status"] == "live"
    )


def test_what_is_to_begin_begins_and_what_is_to_end_ends(billing):
    trial, future = all_of(billing, "trial")[0], all_of(billing, "future", online=False)[0]
    ending = all_of(billing, "non_renewing", online=False)[0]
    later(billing, 40)
    assert get_detail(billing, trial)["status"] in ("live", "dunning") and invoices(billing, trial)
    assert (
        get_detail(billing, future)["status"] == "live"
        and get_detail(billing, future)["activated_at"] == future["next_billing_at"]
    )
    assert get_detail(billing, ending)["status"] == "cancelled"
    assert (
        Counter(subscription["status"] for subscription in billing.get("/subscriptions")["subscriptions"])[
            "future"
        ]
        == 0
    )


def test_looking_at_another_time_of_the_same_day_changes_nothing(billing):
    before = billing.get("/subscriptions")["subscriptions"]
    revision = billing.visitor.sandbox.state(organization_id="600123101", kind="billing_events")
    billing.visitor.move_clock(-60)
    assert billing.get("/subscriptions")["subscriptions"] == before
    assert billing.visitor.sandbox.state(organization_id="600123101", kind="billing_events") == revision


def test_a_clock_moved_by_decades_makes_no_flood(billing):
    later(billing, 20 * 365)
    rows = billing.get("/subscriptions")["subscriptions"]
    assert all(len(invoices(billing, row)) <= 24 + 6 for row in rows[:10])


def test_a_status_can_be_ordered_even_one_nobody_told_us_of(billing, by_card):
    def order(status):
        told = {
            "organization_id": "600123101",
            "subscription_id": by_card["subscription_id"],
            "status": status,
        }
        billing.visitor.control("POST", "subscriptions", **told)

    order("resting")
    assert get_detail(billing, by_card)["status"] == "resting"
    order("cancelled")
    assert billing.get("/events")["events"][0]["event_type"] == "subscription_cancelled"
    this_month = billing.get("/subscriptions", filter_by="SubscriptionStatus.CANCELLED_THIS_MONTH")[
        "subscriptions"
    ]
    assert by_card["subscription_id"] in {record["subscription_id"] for record in this_month}


def test_the_truth_of_billing_is_told_with_everything_else(billing, by_card):
    state = billing.visitor.sandbox.state(organization_id="600123101")["600123101"]
    assert {
        "plans",
        "subscriptions",
        "cards",
        "bank_accounts",
        "hosted_pages",
        "bank_debits",
        "billing_events",
    } <= set(state)
    assert len(state["subscriptions"][by_card["subscription_id"]]["invoice_ids"]) == 4
    billing.call(
        "POST",
        "/hostedpages/updatecard",
        body={"subscription_id": by_card["subscription_id"], "redirect_url": "https://p.example/"},
    )
    pages = billing.visitor.sandbox.state(organization_id="600123101", kind="hosted_pages")["600123101"][
        "hosted_pages"
    ]
    assert [(page["redirect_url"], page["status"]) for page in pages.values()] == [
        ("https://p.example/", "fresh")
    ]
    billing.visitor.sandbox.reset()
    assert (
        billing.visitor.sandbox.state(organization_id="600123101", kind="hosted_pages")["600123101"][
            "hosted_pages"
        ]
        == {}
    )
