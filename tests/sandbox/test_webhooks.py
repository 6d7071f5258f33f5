"""Webhooks to a receiver of the test's own: forms, signatures, and every way in which they arrive or do not
(zoho.md 6).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

SECRET = "s3cretOfTwelveOrMore"


class Receiver(ThreadingHTTPServer):
    """Keeps what is posted to it: (path, headers, body)."""

    daemon_threads = True

    def __init__(self):
        self.posts, self.status, self.pause = [], 200, 0.0
        super().__init__(("127.0.0.1", 0), RecordingHandler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}/hooks/token?b=2&a=1"

    def bodies(self):
        return [json.loads(body) for _, _, body in self.posts]

    def wait(self, count):
        end = time.monotonic() + 15
        while len(self.posts) < count:
            assert time.monotonic() < end, f"only {len(self.posts)} of {count} arrived"
            time.sleep(0.02)


class RecordingHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        time.sleep(self.server.pause)
        self.server.posts.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *args):
        pass


@pytest.fixture
def receiver():
    server = Receiver()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(zoho, receiver):
    """hook(mode=…): the studio's webhook goes to the receiver."""

    def order(**how):
        zoho.control("POST", "webhooks", organization_id=zoho.organization_id, url=receiver.address, **how)

    return order


def log(zoho):
    return zoho.control("GET", "webhooks")["deliveries"]


def settled(zoho):
    """The log when nothing is waiting any more."""
    end = time.monotonic() + 15
    while zoho.control("GET", "webhooks")["waiting"]:
        assert time.monotonic() < end
        time.sleep(0.02)
    return log(zoho)


def accept(zoho, number=0):
    estimate_id = zoho.get("/estimates", status="sent")["estimates"][number]["estimate_id"]
    assert zoho.call("POST", f"/estimates/{estimate_id}/status/accepted").status_code == 200
    return estimate_id


def test_a_change_is_told_as_json_with_all_fields_of_the_record(zoho, hook, receiver):
    hook()
    estimate_id = accept(zoho)
    receiver.wait(1)
    path, headers, body = receiver.posts[0]
    assert path == "/hooks/token?b=2&a=1" and headers["Content-Type"] == "application/json"
    assert "X-Zoho-Webhook-Signature" not in headers
    told = json.loads(body)["estimate"]
    assert told == zoho.get(f"/estimates/{estimate_id}")["estimate"]
    (line,) = settled(zoho)
    assert (line["module"], line["id"], line["outcome"], line["status"]) == (
        "estimate",
        estimate_id,
        "success",
        200,
    )


def test_estimates_invoices_payments_and_contacts_are_told_once_per_call(zoho, hook, receiver):
    hook()
    zoho.settings(auto_convert="sent")
    accept(zoho)
    receiver.wait(2)
    invoice = zoho.first("invoices", status="sent")
    body = {
        "customer_id": invoice["customer_id"],
        "amount": 1,
        "invoices": [{"invoice_id": invoice["invoice_id"], "amount_applied": 1}],
    }
    assert zoho.call("POST", "/customerpayments", body=body).status_code == 201
    receiver.wait(4)
    zoho.call(
        "PUT",
        f"/contacts/{invoice['customer_id']}",
        body={"contact_name": invoice["customer_name"], "notes": "told"},
    )
    receiver.wait(5)
    assert sorted(next(iter(body)) for body in receiver.bodies()) == [
        "contact",
        "estimate",
        "invoice",
        "invoice",
        "payment",
    ]


def test_the_form_carries_the_same_in_one_field(zoho, hook, receiver):
    hook(form="form")
    estimate_id = accept(zoho)
    receiver.wait(1)
    _, headers, body = receiver.posts[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert json.loads(parse_qs(body)["JSONString"][0])["estimate"]["estimate_id"] == estimate_id


@pytest.mark.parametrize("form", ["json", "form"])
def test_a_secret_signs_sorted_parameters_and_the_raw_body(zoho, hook, receiver, form):
    hook(form=form, secret=SECRET, headers={"X-Shared": "word"})
    accept(zoho)
    receiver.wait(1)
    path, headers, body = receiver.posts[0]
    fields = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    fields |= {name: values[0] for name, values in parse_qs(body).items()} if form == "form" else {}
    text = "".join(name + fields[name] for name in sorted(fields)) + (body if form == "json" else "")
    assert (
        headers["X-Zoho-Webhook-Signature"]
        == hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    )
    assert headers["X-Shared"] == "word"


def test_late_twice_and_never(zoho, hook, receiver):
    hook(mode="never")
    accept(zoho)
    assert [record["outcome"] for record in settled(zoho)] == ["skipped"]
    hook(mode="late", delay=1.5)
    start = time.monotonic()
    accept(zoho)
    assert receiver.posts == [] and log(zoho)[-1]["outcome"] == "scheduled"
    receiver.wait(1)
    assert time.monotonic() - start >= 1.5
    hook(mode="twice", delay=0.1)
    accept(zoho)
    receiver.wait(3)
    assert receiver.posts[1][2] == receiver.posts[2][2]


def test_shuffled_tells_the_newest_first(zoho, hook, receiver):
    hook(mode="shuffled", delay=2)
    ids = [accept(zoho) for _ in range(3)]
    receiver.wait(3)
    assert [body["estimate"]["estimate_id"] for body in receiver.bodies()] == ids[::-1]


def test_a_slow_or_failing_receiver_never_holds_up_zoho(zoho, hook, receiver):
    receiver.pause, receiver.status = 2, 500
    hook()
    start = time.monotonic()
    accept(zoho), accept(zoho)
    assert time.monotonic() - start < 2
    assert [record["outcome"] for record in settled(zoho)] == ["failure", "failure"] and log(zoho)[0][
        "status"
    ] == 500


def test_a_receiver_that_is_not_there_is_a_failure_without_retry_and_can_be_sent_again_by_hand(
    zoho, hook, receiver
):
    zoho.control("POST", "webhooks", organization_id=zoho.organization_id, url="http://127.0.0.1:9/hooks/x")
    accept(zoho)
    (line,) = settled(zoho)
    assert (line["outcome"], line["status"]) == ("failure", 0)
    hook()
    accept(zoho)
    receiver.wait(1)
    zoho.control("POST", "webhooks/resend", n=2)
    receiver.wait(2)
    assert receiver.posts[0][2] == receiver.posts[1][2]


def test_time_alone_and_refused_calls_tell_nothing(zoho, hook, receiver):
    hook()
    invoiced = zoho.first("estimates", status="invoiced")["estimate_id"]
    assert zoho.call("POST", f"/estimates/{invoiced}/status/accepted").status_code == 400
    zoho.move_clock(3000)
    zoho.get("/estimates")
    assert settled(zoho) == []


def test_only_the_modules_that_were_chosen_are_told_and_only_of_that_organisation(
    zoho, german, hook, receiver
):
    hook(modules=["invoice"])
    accept(zoho)
    accept(german)
    assert settled(zoho) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://portal.example/hooks"},
        {"url": "http://10.0.0.1/"},
        {"url": ""},
        {"form": "xml"},
        {"mode": "maybe"},
        {"secret": "short"},
        {"modules": ["item"]},
        {"colour": "red"},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(zoho, receiver, wrong):
    body = {"organization_id": zoho.organization_id, "url": receiver.address} | wrong
    assert requests.post(f"{zoho.origin}/_sandbox/webhooks", json=body, timeout=10).status_code == 400
    assert zoho.control("GET", "webhooks")["hooks"] == {}


def test_a_reset_or_a_delete_forgets_webhooks_and_what_was_waiting(zoho, sandbox, hook, receiver):
    hook(mode="late", delay=1.5)
    accept(zoho)
    zoho.control("DELETE", "webhooks")
    hook(mode="late", delay=1.5)
    accept(zoho)
    sandbox.reset()
    time.sleep(1.6)
    told = zoho.control("GET", "webhooks")
    assert (told["hooks"], told["deliveries"], receiver.posts) == ({}, [], [])
