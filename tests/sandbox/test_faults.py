"""Faults on order, seen as a client of Zoho sees them; and the truth in the sandbox beside it."""

from __future__ import annotations

import time

import pytest
import requests

ACCEPT = "/books/v3/estimates/*/status/accepted"


@pytest.fixture
def estimate_id(zoho):
    return zoho.first("estimates", status="sent")["estimate_id"]


def truth(zoho, estimate_id):
    found = zoho.sandbox.state(organization_id=zoho.organization_id, kind="estimates", id=estimate_id)
    return found[zoho.organization_id]["estimates"][estimate_id]["status"]


def accept(zoho, estimate_id):
    return zoho.call("POST", f"/estimates/{estimate_id}/status/accepted")


def test_cut_before_leaves_no_effect(zoho, sandbox, estimate_id):
    sandbox.fault("cut_before", method="POST", path=ACCEPT)
    with pytest.raises(requests.ConnectionError):
        accept(zoho, estimate_id)
    assert truth(zoho, estimate_id) == "sent"
    assert (sandbox.calls()[-1]["status"], sandbox.calls()[-1]["effect"]) == (0, False)


def test_cut_after_has_the_effect_and_loses_the_answer(zoho, sandbox, estimate_id):
    sandbox.fault("cut_after", method="POST", path=ACCEPT)
    with pytest.raises(requests.ConnectionError):
        accept(zoho, estimate_id)
    assert truth(zoho, estimate_id) == "accepted" and sandbox.calls()[-1]["effect"]
    assert accept(zoho, estimate_id).json()["code"] == 4043


def test_a_status_fault_answers_code_and_headers_without_effect(zoho, sandbox, estimate_id):
    sandbox.fault("status", path=ACCEPT, status=429, code=45, message="Too many", headers={"Retry-After": "7"})
    answer = accept(zoho, estimate_id)
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (429, {"code": 45, "message": "Too many"}, "7")
    assert truth(zoho, estimate_id) == "sent"


def test_an_html_fault_is_a_page_and_no_json(zoho, sandbox, estimate_id):
    sandbox.fault("html", status=502, times=2)
    for _ in range(2):
        answer = accept(zoho, estimate_id)
        assert answer.status_code == 502 and answer.headers["Content-Type"].startswith("text/html") and "<h1>" in answer.text
    assert truth(zoho, estimate_id) == "sent" and accept(zoho, estimate_id).status_code == 200


def test_a_delay_holds_this_call_and_no_other(zoho, sandbox, estimate_id):
    sandbox.fault("delay", path=ACCEPT, seconds=0.4)
    start = time.monotonic()
    zoho.get("/users/me")
    assert time.monotonic() - start < 0.3
    assert accept(zoho, estimate_id).status_code == 200 and time.monotonic() - start >= 0.4


def test_an_expired_token_needs_a_refresh(zoho, sandbox):
    sandbox.fault("expire_token")
    assert zoho.call("GET", "/users/me").status_code == 401
    assert zoho.call("GET", "/users/me").status_code == 401
    zoho.access_token = zoho.refresh().json()["access_token"]
    zoho.get("/users/me")


def test_faults_are_used_up_and_only_meet_what_they_match(zoho, sandbox, estimate_id):
    zoho.control("POST", "faults", do="status", match={"organization_id": "200345601"}, status=500)
    sandbox.fault("status", method="POST", status=503, times=1)
    zoho.get("/estimates")
    assert [accept(zoho, estimate_id).status_code for _ in range(2)] == [503, 200]
    assert [one["match"] for one in zoho.control("GET", "faults")["faults"]] == [{"organization_id": "200345601"}]
    sandbox.clear_faults()
    assert zoho.control("GET", "faults")["faults"] == []


def test_the_accounts_server_can_fail_too(zoho, sandbox):
    sandbox.fault("status", path="/oauth/v2/token", status=500)
    assert zoho.refresh().status_code == 500
    sandbox.fault("html", path="/oauth/v2/token", status=200)
    assert zoho.refresh().headers["Content-Type"].startswith("text/html")
    assert zoho.refresh().status_code == 200


@pytest.mark.parametrize("body", [{"do": "explode"}, {"do": "delay", "match": {"verb": "GET"}}, {"do": "delay", "times": 0}])
def test_an_order_that_cannot_be_understood_is_refused(zoho, body):
    assert requests.post(f"{zoho.origin}/_sandbox/faults", json=body, timeout=10).status_code == 400


def test_after_a_fault_the_connection_of_others_stays_open(zoho, sandbox, estimate_id):
    sandbox.fault("cut_before", method="POST")
    with pytest.raises(requests.ConnectionError):
        accept(zoho, estimate_id)
    assert accept(zoho, estimate_id).status_code == 200
