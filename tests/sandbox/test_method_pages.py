"""Pages on which a card or a bank account is replaced, never added (zoho.md 4.11, 7.4)."""

from __future__ import annotations

import pytest

BACK = "http://127.0.0.1:8600/subscriptions"
CARD = {"number": "5105 1051 0510 0077", "expiry": "03/41", "holder": "Omar Haddad"}


@pytest.fixture
def customer_id(billing):
    return billing.customer("Northgate Clinics")["contact_id"]


@pytest.fixture
def yearly(billing, customer_id):
    """Northgate's yearly subscription with a card, as its detail is told."""
    rows = billing.get("/subscriptions", customer_id=customer_id)["subscriptions"]
    found = next(row for row in rows if row["plan_name"] == "Hosting and care, yearly")
    return billing.get(f"/subscriptions/{found['subscription_id']}")["subscription"]


def page_for(billing, what, status, **body):
    answer = billing.call("POST", f"/hostedpages/{what}", body=body)
    assert answer.status_code == status, answer.text
    return answer.json()["hostedpage"]


def press(billing, page, **form):
    return billing.visitor.http.post(page["url"], data=form, allow_redirects=False, timeout=10)


def cards(billing, customer_id):
    return {card["card_id"]: card for card in billing.get(f"/customers/{customer_id}/cards")["cards"]}


def test_the_card_of_a_subscription_is_replaced_by_one_with_another_id(billing, customer_id, yearly):
    page = page_for(billing, "updatecard", 200, subscription_id=yearly["subscription_id"], redirect_url=BACK)
    assert page["action"] == "Update Card"
    shown = billing.visitor.http.get(page["url"], timeout=10).text
    assert f"{yearly['card']['last_four_digits']:04d}" in shown
    answer = press(billing, page, **CARD)
    assert answer.status_code == 303 and answer.headers["Location"].startswith(f"{BACK}?")
    after = billing.get(f"/subscriptions/{yearly['subscription_id']}")["subscription"]["card"]
    assert (after["last_four_digits"], after["expiry_month"], after["expiry_year"]) == (77, 3, 2041)
    assert after["card_id"] != yearly["card"]["card_id"] and after["card_id"] in cards(billing, customer_id)
    said = billing.get(f"/hostedpages/{page['hostedpage_id']}")
    assert said["status"] == "success" and said["data"]["subscription"]["card"]["last_four_digits"] == 77


def test_the_old_card_goes_once_no_subscription_needs_it(billing, customer_id):
    for row in billing.get("/subscriptions", customer_id=customer_id)["subscriptions"]:
        billing.visitor.control(
            "POST",
            "subscriptions",
            organization_id="600123101",
            subscription_id=row["subscription_id"],
            status="live",
        )
    before = set(cards(billing, customer_id))
    for row in billing.get("/subscriptions", customer_id=customer_id)["subscriptions"]:
        if row["auto_collect"]:
            press(
                billing, page_for(billing, "updatecard", 200, subscription_id=row["subscription_id"]), **CARD
            )
    assert not before & set(cards(billing, customer_id))
    assert [event["event_type"] for event in billing.get("/events")["events"]].count("card_deleted") == len(
        before
    )


def test_a_stored_card_is_replaced_under_its_own_id(billing, customer_id, yearly):
    card_id, count = yearly["card"]["card_id"], len(cards(billing, customer_id))
    page = page_for(billing, "updatepaymentmethod", 201, card_id=card_id)
    answer = press(billing, page, **CARD)
    assert answer.status_code == 200 and "Thank you" in answer.text
    after = cards(billing, customer_id)
    assert after[card_id]["last_four_digits"] == 77 and len(after) == count
    assert (
        billing.get(f"/subscriptions/{yearly['subscription_id']}")["subscription"]["card"]["expiry_year"]
        == 2041
    )
    said = billing.get(f"/hostedpages/{page['hostedpage_id']}")
    assert (said["status"], said["action"], said["data"]) == ("success", "update_payment_method", {})


def test_a_bank_account_is_replaced_under_its_own_id(billing, customer_id):
    account_id = billing.visitor.get(f"/contacts/{customer_id}")["contact"]["bank_accounts"][0]["account_id"]
    page = page_for(billing, "updatepaymentmethod", 201, account_id=account_id)
    assert press(billing, page, account_number="12").status_code == 400
    assert press(billing, page, account_number="000222334455").status_code == 200
    after = billing.get(f"/customers/{customer_id}/bankaccounts/{account_id}")["bank_accounts"][0]
    assert (after["account_id"], after["last_four_digits"]) == (account_id, 4455)


def test_a_declined_card_or_a_cancelled_page_replaces_nothing(billing, customer_id, yearly):
    before = cards(billing, customer_id)
    page = page_for(billing, "updatecard", 200, subscription_id=yearly["subscription_id"], redirect_url=BACK)
    answer = press(billing, page, **(CARD | {"number": "4000000000000002"}))
    assert (
        answer.status_code == 402
        and billing.get(f"/hostedpages/{page['hostedpage_id']}")["status"] == "failed"
    )
    assert press(billing, page, action="cancel").headers["Location"].startswith(BACK)
    assert billing.get(f"/hostedpages/{page['hostedpage_id']}")["status"] == "cancelled"
    assert cards(billing, customer_id) == before


def test_exactly_one_stored_method_is_named(billing, customer_id, yearly):
    card_id = yearly["card"]["card_id"]
    account_id = billing.visitor.get(f"/contacts/{customer_id}")["contact"]["bank_accounts"][0]["account_id"]

    def refused(**body):
        answer = billing.call("POST", "/hostedpages/updatepaymentmethod", body=body)
        return answer.status_code, answer.json()["code"]

    assert refused() == refused(card_id=card_id, account_id=account_id) == refused(paypal_id="1") == (400, 4)
    assert refused(card_id="1") == refused(account_id=card_id) == (404, 1002)


def test_no_card_is_added_where_there_is_none_and_none_to_what_is_over(billing, customer_id):
    rows = billing.get("/subscriptions", customer_id=customer_id)["subscriptions"]
    offline = next(row for row in rows if not row["auto_collect"])
    over = next(row for row in rows if row["status"] == "expired")
    for record in (offline, over):
        assert (
            billing.call(
                "POST", "/hostedpages/updatecard", body={"subscription_id": record["subscription_id"]}
            ).status_code
            == 400
        )
    assert (
        billing.call("POST", "/hostedpages/addpaymentmethod", body={"customer_id": customer_id}).status_code
        == 405
    )
