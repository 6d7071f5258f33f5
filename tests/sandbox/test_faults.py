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
    sandbox.fault(
        "status", path=ACCEPT, status=429, code=45, message="Too many", headers={"Retry-After": "7"}
    )
    answer = accept(zoho, estimate_id)
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (
        429,
        {"code": 45, "message": "Too many"},
        "7",
    )
    assert truth(zoho, estimate_id) == "sent"


def test_an_html_fault_is_a_page_and_no_json(zoho, sandbox, estimate_id):
    sandbox.fault("html", status=502, times=2)
    for _ in range(2):
        answer = accept(zoho, estimate_id)
        assert (
            answer.status_code == 502
            and answer.headers["Content-Type"].startswith("text/html")
            and "<h1>" in answer.text
        )
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
    assert [fault["match"] for fault in zoho.control("GET", "faults")["faults"]] == [
        {"organization_id": "200345601"}
    ]
    sandbox.clear_faults()
    assert zoho.control("GET", "faults")["faults"] == []


def test_the_accounts_server_can_fail_too(zoho, sandbox):
    sandbox.fault("status", path="/oauth/v2/token", status=500)
    assert zoho.refresh().status_code == 500
    sandbox.fault("html", path="/oauth/v2/token", status=200)
    assert zoho.refresh().headers["Content-Type"].startswith("text/html")
    assert zoho.refresh().status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"do": "explode"},
        {"do": "delay", "match": {"verb": "GET"}},
        {"do": "delay", "times": 0},
        {"do": "late_commit", "answer": "no"},
    ],
)
def test_an_order_that_cannot_be_understood_is_refused(zoho, body):
    assert requests.post(f"{zoho.origin}/_sandbox/faults", json=body, timeout=10).status_code == 400


def test_after_a_fault_the_connection_of_others_stays_open(zoho, sandbox, estimate_id):
    sandbox.fault("cut_before", method="POST")
    with pytest.raises(requests.ConnectionError):
        accept(zoho, estimate_id)
    assert accept(zoho, estimate_id).status_code == 200


def wait_for(condition, seconds=15.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize("answer", ["cut", "hang", "html"])
def test_a_late_commit_takes_effect_after_the_caller_has_given_up(zoho, sandbox, estimate_id, answer):
    sandbox.fault("late_commit", method="POST", path=ACCEPT, seconds=1.5, answer=answer, status=504)
    start = time.monotonic()
    try:
        assert accept(zoho, estimate_id).status_code == 504
    except requests.ConnectionError:
        assert answer != "html"
    assert (time.monotonic() - start >= 1.5) is (answer == "hang")
    if answer != "hang":
        assert truth(zoho, estimate_id) == "sent" and zoho.control("GET", "faults")["late"] == 1
    wait_for(lambda: truth(zoho, estimate_id) == "accepted")
    wait_for(lambda: zoho.control("GET", "faults")["late"] == 0)
    entry = next(call for call in sandbox.calls() if call["path"].endswith("/accepted"))
    assert entry["effect"] and entry["status"] == (504 if answer == "html" else 0)
    assert accept(zoho, estimate_id).json()["code"] == 4043


def test_a_late_commit_that_meets_another_state_is_refused_like_any_other(zoho, sandbox, estimate_id):
    sandbox.fault("late_commit", method="POST", path=ACCEPT, seconds=1.5)
    with pytest.raises(requests.ConnectionError):
        accept(zoho, estimate_id)
    assert zoho.call("POST", f"/estimates/{estimate_id}/status/declined").status_code == 200
    wait_for(lambda: zoho.control("GET", "faults")["late"] == 0)
    assert truth(zoho, estimate_id) == "declined"


def test_a_late_commit_brings_its_body_and_needs_a_token_only_when_it_is_sent(zoho, sandbox, estimate_id):
    comments = f"/estimates/{estimate_id}/comments"
    sandbox.fault("late_commit", method="POST", seconds=0.3)
    with pytest.raises(requests.ConnectionError):
        zoho.call("POST", comments, body={"description": "late words"})
    zoho.control("POST", "revoke")
    zoho.connect()
    wait_for(lambda: "late words" in [comment["description"] for comment in zoho.get(comments)["comments"]])
    sandbox.fault("late_commit", method="POST", seconds=0.3)
    zoho.access_token = "no-such-token"
    assert accept(zoho, estimate_id).status_code == 401


def test_a_reset_calls_off_what_has_not_happened_yet(zoho, sandbox, estimate_id):
    sandbox.fault("late_commit", method="POST", path=ACCEPT, seconds=1.5)
    with pytest.raises(requests.ConnectionError):
        accept(zoho, estimate_id)
    sandbox.reset()
    time.sleep(1.6)
    assert truth(zoho, estimate_id) == "sent"


def test_half_an_answer_has_the_effect_and_is_no_json(zoho, sandbox, estimate_id):
    sandbox.fault("half_answer", method="POST", path=ACCEPT)
    answer = accept(zoho, estimate_id)
    assert answer.status_code == 200 and answer.text.startswith("{")
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert truth(zoho, estimate_id) == "accepted"
