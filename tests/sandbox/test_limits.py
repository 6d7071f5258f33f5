"""Limits per organisation, with Zoho's codes and headers (zoho.md 3.1, 3.2)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


def test_the_call_over_the_minute_blocks_for_a_while(zoho):
    zoho.settings(calls_per_minute=3)
    assert [zoho.call("GET", "/users/me").status_code for _ in range(3)] == [200] * 3
    over = zoho.call("GET", "/users/me")
    assert (over.status_code, over.json()["code"]) == (429, 44)
    zoho.move_clock(59)
    assert zoho.call("GET", "/users/me").json()["code"] == 44
    zoho.move_clock(2)
    assert zoho.call("GET", "/users/me").status_code == 200


def test_a_blocked_organisation_stays_blocked_although_the_minute_is_over(zoho):
    zoho.settings(calls_per_minute=1, block_seconds=300)
    assert [zoho.call("GET", "/users/me").status_code for _ in range(2)] == [200, 429]
    zoho.move_clock(61)
    assert zoho.call("GET", "/users/me").json()["code"] == 44
    zoho.move_clock(300)
    assert zoho.call("GET", "/users/me").status_code == 200


def test_the_day_ends_at_the_organisations_midnight(zoho):
    zoho.settings(calls_per_day=2)
    left = [zoho.call("GET", "/users/me").headers for _ in range(2)]
    assert [record["X-Rate-Limit-Remaining"] for record in left] == ["1", "0"] and left[0][
        "X-Rate-Limit-Limit"
    ] == "2"
    over = zoho.call("GET", "/users/me")
    assert (over.status_code, over.json()["code"]) == (429, 45)
    zoho.move_clock(int(over.headers["X-Rate-Limit-Reset"]) + 1)
    zoho.connect()
    assert zoho.call("GET", "/users/me").status_code == 200


def test_too_many_calls_at_once_are_refused_and_the_slots_come_back(zoho, sandbox):
    zoho.settings(calls_at_once=2)
    sandbox.fault("delay", times=6, seconds=0.3)
    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(lambda _: zoho.call("GET", "/users/me").json()["code"], range(6)))
    assert codes == [0, 0, 1070, 1070, 1070, 1070]
    assert zoho.call("GET", "/users/me").status_code == 200


def test_limits_are_per_organisation(zoho, german):
    zoho.settings(calls_per_minute=1)
    zoho.call("GET", "/users/me")
    assert zoho.call("GET", "/users/me").status_code == 429
    assert zoho.call("GET", "/contacts", organization_id="600123102").status_code == 200
    assert german.call("GET", "/users/me").status_code == 200


def test_refused_calls_cost_nothing_of_the_day(zoho):
    zoho.settings(calls_per_minute=1)
    before = int(zoho.call("GET", "/users/me").headers["X-Rate-Limit-Remaining"])
    assert int(zoho.call("GET", "/users/me").headers["X-Rate-Limit-Remaining"]) == before


def test_what_other_programs_use_counts_for_the_day_and_the_minute(zoho):
    zoho.settings(calls_per_day=1000)
    left = int(zoho.call("GET", "/users/me").headers["X-Rate-Limit-Remaining"])
    told = zoho.control("POST", "usage", organization_id=zoho.organization_id, calls=400)
    after = int(zoho.call("GET", "/users/me").headers["X-Rate-Limit-Remaining"])
    assert (told["left_today"], after) == (left - 400, left - 401)
    zoho.settings(calls_per_minute=300)
    assert zoho.call("GET", "/users/me").json()["code"] == 44
    zoho.move_clock(61)
    zoho.control("POST", "usage", organization_id=zoho.organization_id, calls=600)
    zoho.settings(calls_per_minute=6000)
    zoho.move_clock(61)
    assert zoho.call("GET", "/users/me").json()["code"] == 45
