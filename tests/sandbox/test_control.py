"""The control API: log, reset, clock, settings, truth."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import pytest
import requests


def test_the_log_tells_who_asked_what_for_whom(zoho, sandbox):
    last = sandbox.calls()[-1]["n"]
    zoho.call("GET", "/estimates", status="sent")
    (entry,) = sandbox.calls(since=last)
    assert entry | {"at": ""} == {
        "n": last + 1,
        "at": "",
        "dc": "us",
        "method": "GET",
        "path": "/books/v3/estimates",
        "organization_id": "600123101",
        "query": {"organization_id": "600123101", "status": "sent"},
        "token_tail": zoho.access_token[-6:],
        "grant_type": "",
        "status": 200,
        "code": 0,
        "effect": False,
    }


def test_the_log_holds_no_secret(zoho, sandbox):
    zoho.refresh()
    requests.post(f"{zoho.origin}/oauth/v2/token/revoke", params={"token": zoho.refresh_token}, timeout=10)
    told = str(sandbox.calls())
    assert (
        zoho.refresh_token not in told and "sandbox-secret-us" not in told and zoho.access_token not in told
    )
    assert [call["grant_type"] for call in sandbox.calls() if call["path"] == "/oauth/v2/token"] == [
        "authorization_code",
        "refresh_token",
    ]


def test_the_control_api_is_on_every_port_and_not_in_the_log(sandbox):
    for dc in ("us", "eu", "in"):
        assert requests.get(f"{sandbox.origin(dc)}/_sandbox/calls", timeout=10).json() == {"calls": []}


def test_reset_brings_back_the_seed_and_forgets_grants_clock_and_settings(zoho, sandbox):
    before = sandbox.state()
    estimate_id = zoho.first("estimates", status="sent")["estimate_id"]
    zoho.call("POST", f"/estimates/{estimate_id}/status/accepted")
    zoho.settings(auto_convert="sent")
    zoho.move_clock(86_400)
    start = time.monotonic()
    sandbox.reset()
    assert time.monotonic() - start < 0.3
    assert sandbox.state() == before and sandbox.calls() == []
    assert zoho.call("GET", "/users/me").status_code == 401 and zoho.control("GET", "clock")["offset"] == 0
    assert zoho.control("GET", "settings")["600123101"]["auto_convert"] == ""


def test_every_answer_carries_the_sandboxs_time(zoho):
    zoho.control("POST", "clock", to="2031-02-03T04:05:06Z")
    zoho.connect()
    said = parsedate_to_datetime(zoho.call("GET", "/users/me").headers["Date"])
    assert said.strftime("%Y-%m-%d %H:%M") == "2031-02-03 04:05"


@pytest.mark.parametrize(
    "body",
    [
        {"organization_id": "600123101", "auto_covnert": "sent"},
        {"organization_id": "600123101", "calls_per_day": "many"},
        {"organization_id": "9"},
    ],
)
def test_a_misspelt_setting_is_refused(sandbox, body):
    assert requests.post(f"{sandbox.origin('us')}/_sandbox/settings", json=body, timeout=10).status_code in (
        400,
        404,
    )


def test_a_clock_without_a_zone_is_refused(sandbox):
    assert (
        requests.post(
            f"{sandbox.origin('us')}/_sandbox/clock", json={"to": "2031-01-01T00:00:00"}, timeout=10
        ).status_code
        == 400
    )


def test_the_truth_can_be_narrowed(zoho, sandbox):
    row = zoho.first("invoices")
    told = sandbox.state(organization_id="600123101", kind="invoices", id=row["invoice_id"])
    assert told == {
        "600123101": {"invoices": {row["invoice_id"]: zoho.get(f"/invoices/{row['invoice_id']}")["invoice"]}}
    }


def test_a_deleted_document_answers_404_and_stands_in_no_list(zoho):
    row = zoho.first("estimates")
    where = {"organization_id": "600123101", "kind": "estimates", "id": row["estimate_id"]}
    assert requests.delete(f"{zoho.origin}/_sandbox/documents", params=where, timeout=10).status_code == 200
    assert zoho.call("GET", f"/estimates/{row['estimate_id']}").json()["code"] == 1002
    assert row["estimate_id"] not in {
        estimate["estimate_id"] for estimate in zoho.get("/estimates")["estimates"]
    }
    assert requests.delete(f"{zoho.origin}/_sandbox/documents", params=where, timeout=10).status_code == 404


def test_merchants_can_take_the_grant_away_without_notice(zoho, german):
    zoho.control("POST", "revoke")
    assert zoho.refresh().json() == {"error": "invalid_code"}
    german.get("/users/me")
