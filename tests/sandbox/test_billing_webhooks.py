"""Events of Billing, posted as they happen to those who asked for them (zoho.md 6.5)."""

from __future__ import annotations

import json
import threading

import pytest

from tests.sandbox.test_webhooks import Receiver


@pytest.fixture
def receiver():
    server = Receiver()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def pay_something(billing):
    customer = billing.customer("Brightwater Cafés")["contact_id"]
    owed = billing.get("/invoices", customer_id=customer, filter_by="Status.OverDue")["invoices"][0]
    page = billing.call(
        "POST", "/hostedpages/invoicepayment", body={"invoice_id": owed["invoice_id"]}
    ).json()["hostedpage"]["url"]
    billing.visitor.http.post(
        page,
        data={"action": "pay", "method": "card", "number": "4242424242424242", "expiry": "12/39"},
        timeout=10,
    )
    return owed


def test_an_event_is_posted_with_what_it_is_about_and_its_payload_is_the_same(billing, receiver):
    hook = {"organization_id": "600123101", "url": receiver.address, "modules": ["billing_event"]}
    billing.visitor.control("POST", "webhooks", **hook)
    owed = pay_something(billing)
    receiver.wait(1)
    body = receiver.bodies()[0]
    assert (
        body["event_type"] == "payment_thankyou"
        and body["data"]["invoice"]["invoice_id"] == owed["invoice_id"]
    )
    assert json.loads(billing.get(f"/events/{body['event_id']}")["event"]["payload"]) == body
    assert len(receiver.posts) == 1


def test_who_did_not_ask_for_events_gets_none(billing):
    billing.visitor.control(
        "POST", "webhooks", organization_id="600123101", url="http://127.0.0.1:9/hook", mode="never"
    )
    pay_something(billing)
    assert billing.visitor.control("GET", "webhooks")["deliveries"] == []


def test_what_happens_by_time_in_billing_is_told(billing):
    hook = {
        "organization_id": "600123101",
        "url": "http://127.0.0.1:9/hook",
        "mode": "never",
        "modules": ["billing_event"],
    }
    billing.visitor.control("POST", "webhooks", **hook)
    billing.visitor.move_clock(31 * 24 * 3600)
    billing.visitor.access_token = billing.visitor.refresh().json()["access_token"]
    told = {delivery["id"] for delivery in billing.visitor.control("GET", "webhooks")["deliveries"]}
    assert len(told) > 10 and told <= {event["event_id"] for event in billing.get("/events")["events"]}
