"""Which answer means what to do. One table, named after zoho.md 3.2."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from connectors.zoho.api.envelope import body_or_error, code_of, json_body, may_be_token_error, rate_header
from connectors.zoho.api.errors import (
    ZohoAccessLost,
    ZohoBusy,
    ZohoError,
    ZohoNotFound,
    ZohoRefused,
    ZohoScopeMissing,
    ZohoUnavailable,
)
from connectors.zoho.api.operation import Call
from connectors.zoho.api.transport import RawResponse

NOW = dt.datetime(2026, 6, 9, tzinfo=dt.UTC)
READ = Call(method="GET", path="/estimates/1", scope="ZohoBooks.estimates.READ")
WRITE = Call(method="POST", path="/estimates/1/status/accepted", scope="ZohoBooks.estimates.CREATE")


def raw_response(status: int, body: Any, **headers: str) -> RawResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawResponse(
        status, {name.replace("_", "-"): value for name, value in headers.items()}, content, NOW
    )


def understood(raw: RawResponse, call: Call = READ) -> dict[str, Any]:
    return body_or_error(raw, json_body(raw), call)


def fault(raw: RawResponse, call: Call = READ) -> ZohoError:
    with pytest.raises(ZohoError) as caught:
        understood(raw, call)
    return caught.value


@pytest.mark.parametrize("status", [200, 201])
def test_facts_2_2_success_is_2xx_and_code_0(status: int) -> None:
    assert understood(raw_response(status, {"code": 0, "estimate": {}}))["estimate"] == {}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (200, 4043, ZohoRefused),
        (400, 4043, ZohoRefused),
        (400, 2, ZohoRefused),
        (405, 5, ZohoRefused),
        (404, 1002, ZohoNotFound),
        (404, 5, ZohoNotFound),
        (200, 1002, ZohoNotFound),
        (401, 57, ZohoScopeMissing),
        (400, 6018, ZohoScopeMissing),
        (401, 14, ZohoAccessLost),
        (200, 14, ZohoAccessLost),
        (401, 99, ZohoAccessLost),
        (400, 6041, ZohoAccessLost),
        (400, 1000, ZohoUnavailable),
        (500, 1000, ZohoUnavailable),
        (503, 2, ZohoUnavailable),
        (500, 0, ZohoUnavailable),
        (302, 0, ZohoUnavailable),
    ],
)
def test_facts_3_2_codes(status: int, code: int, kind: type[ZohoError]) -> None:
    error = fault(raw_response(status, {"code": code, "message": "Zoho's words"}))
    assert type(error) is kind
    assert (error.code, error.status, error.reason, error.request) == (
        code,
        status,
        "Zoho's words",
        "GET /estimates/1",
    )


def test_facts_2_2_the_message_is_localised_and_never_branched_on() -> None:
    words = "Resource does not exist. You are not authorized. Zugriff verweigert"
    assert type(fault(raw_response(400, {"code": 4043, "message": words}))) is ZohoRefused


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 500, 502])
@pytest.mark.parametrize(
    "content",
    [b"<html>Bad gateway</html>", b'{"code": 0, "estim', b"[]", b"", b"[" * 100_000, b'{"code": NaN}'],
)
def test_facts_2_2_a_page_or_a_cut_answer_is_no_verdict(status: int, content: bytes) -> None:
    error = fault(raw_response(status, content))
    assert type(error) is ZohoUnavailable


@pytest.mark.parametrize(
    "raw",
    [
        raw_response(200, b"<html>"),
        raw_response(500, {"code": 1000}),
        raw_response(502, b""),
        raw_response(301, b""),
    ],
)
def test_facts_3_3_after_such_an_answer_the_outcome_of_a_write_is_unknown(raw: RawResponse) -> None:
    of_write, of_read = fault(raw, WRITE), fault(raw, READ)
    assert isinstance(of_write, ZohoUnavailable)
    assert isinstance(of_read, ZohoUnavailable)
    assert of_write.outcome_unknown
    assert not of_read.outcome_unknown


def busy(raw: RawResponse, call: Call = READ) -> ZohoBusy:
    error = fault(raw, call)
    assert isinstance(error, ZohoBusy)
    assert not error.outcome_unknown
    return error


def test_facts_3_2_code_44_waits_at_least_sixty_seconds() -> None:
    assert (
        busy(raw_response(429, {"code": 44})).retry_after,
        busy(raw_response(429, {"code": 44})).scope,
    ) == (60, "minute")
    assert busy(raw_response(429, {"code": 44}, Retry_After="7")).retry_after == 60
    assert busy(raw_response(429, {"code": 44}, Retry_After="90")).retry_after == 90


def test_facts_3_2_code_45_waits_for_the_reset_of_the_day() -> None:
    error = busy(raw_response(429, {"code": 45}, X_Rate_Limit_Remaining="0", X_Rate_Limit_Reset="4000"))
    assert (error.scope, error.retry_after) == ("day", 4000)


def test_facts_3_2_code_45_with_calls_left_is_the_per_minute_limit() -> None:
    assert busy(raw_response(429, {"code": 45}, X_Rate_Limit_Remaining="12")).scope == "minute"


def test_facts_3_2_code_1070_backs_off_for_a_short_random_time() -> None:
    waits = {busy(raw_response(429, {"code": 1070})).retry_after for _ in range(20)}
    assert all(1 <= wait <= 3 for wait in waits)
    assert len(waits) > 1


def test_a_429_without_a_readable_body_still_says_wait() -> None:
    assert busy(raw_response(429, b"<html>slow down</html>"), WRITE).retry_after == 60


def test_facts_3_2_a_fresh_token_may_cure_57_and_14_but_not_a_foreign_organisation() -> None:
    assert may_be_token_error(fault(raw_response(401, {"code": 57})))
    assert may_be_token_error(fault(raw_response(200, {"code": 14})))
    assert may_be_token_error(fault(raw_response(401, {"code": 99})))
    assert not may_be_token_error(fault(raw_response(400, {"code": 6041})))
    assert not may_be_token_error(fault(raw_response(400, {"code": 6018})))


def test_a_missing_scope_is_named() -> None:
    error = fault(raw_response(401, {"code": 57}), WRITE)
    assert isinstance(error, ZohoScopeMissing)
    assert error.scope == "ZohoBooks.estimates.CREATE"


def test_facts_2_4_figures_keep_their_digits() -> None:
    body = json_body(raw_response(200, b'{"code": 0, "total": 10.10, "id": 9007199254740993001}'))
    assert body == {"code": 0, "total": Decimal("10.10"), "id": 9007199254740993001}
    assert str(body["total"]) == "10.10"


@pytest.mark.parametrize("code", [True, "0", None, 0.0])
def test_a_code_that_is_no_whole_number_is_no_success(code: Any) -> None:
    assert code_of({"code": code}) is None
    assert type(fault(raw_response(200, {"code": code}))) is ZohoUnavailable


@pytest.mark.parametrize(
    ("value", "read"), [("0", 0), ("4,000", None), ("", None), ("-1", None), ("1e9", None), ("²", None)]
)
def test_facts_3_1_rate_headers_are_read_when_they_are_numbers(value: str, read: int | None) -> None:
    assert rate_header({"X-Rate-Limit-Remaining": value}, "Remaining") == read
