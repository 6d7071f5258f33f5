"""From a response to its body, or to the error that tells the caller what to do.

The only place where status and envelope codes become errors (zoho.md 2.2, 3.2).
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

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

PER_MINUTE, PER_DAY, AT_ONCE = 44, 45, 1070
INVALID_TOKEN, NOT_AUTHORISED = 14, 57
NO_SUCH_RECORD, INTERNAL_ERROR = 1002, 1000
NOT_THEIR_ORGANISATION, NOT_THEIR_ROLE = 6041, 6018

DEFAULT_BLOCK_SECONDS = 60.0
"""Seconds to wait after the per-minute limit, when Zoho names no time (zoho.md 3.2)."""

DAY = 86_400.0


def json_body(raw: RawResponse) -> dict[str, Any] | None:
    """The envelope with exact decimals; None for HTML, a truncated body or anything but a JSON object
    (zoho.md 2.2).
    """
    try:
        body = json.loads(raw.content, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def code_of(body: Mapping[str, Any] | None) -> int | None:
    """The envelope's code, or None if it has no readable one."""
    code = body.get("code") if body is not None else None
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def body_or_error(raw: RawResponse, body: dict[str, Any] | None, call: Call) -> dict[str, Any]:
    """The body of a success (2xx and code 0, nothing else); otherwise raises the matching ZohoError."""
    code = code_of(body)
    is_2xx = 200 <= raw.status < 300
    if body is not None and is_2xx and code == 0:
        return body
    message = body.get("message") if body is not None else None
    reason = message.strip() if isinstance(message, str) and message.strip() else ""
    facts: dict[str, Any] = {"code": code, "status": raw.status, "request": call.label}
    if raw.status == 429 or code in (PER_MINUTE, PER_DAY, AT_ONCE):
        raise _busy(raw, reason, facts)
    if code is None or raw.status >= 500 or code == INTERNAL_ERROR or (code == 0 and not is_2xx):
        # A gateway's error page does not tell what Zoho did with a write.
        raise ZohoUnavailable(
            reason or "Zoho did not give a proper answer", **facts, outcome_unknown=call.is_write
        )
    raise _refusal(raw.status, code, reason, call, facts)


def may_be_token_error(error: ZohoError) -> bool:
    """Whether a fresh token might help: code 57 is seen for a missing scope and for a dead token alike
    (zoho.md 3.2).
    """
    return error.code in (INVALID_TOKEN, NOT_AUTHORISED) or (
        error.status == 401 and isinstance(error, ZohoAccessLost)
    )


def rate_header(headers: Mapping[str, str], name: str) -> int | None:
    """X-Rate-Limit-Limit, -Remaining or -Reset (zoho.md 3.1); None if absent or not a whole number."""
    value = headers.get(f"X-Rate-Limit-{name}", "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _refusal(status: int, code: int, reason: str, call: Call, facts: dict[str, Any]) -> ZohoError:
    if code in (NOT_AUTHORISED, NOT_THEIR_ROLE):
        return ZohoScopeMissing(reason or "Zoho does not allow this call", scope=call.scope, **facts)
    if code in (INVALID_TOKEN, NOT_THEIR_ORGANISATION) or status == 401:
        return ZohoAccessLost(reason or "Zoho no longer accepts this connection", **facts)
    if code == NO_SUCH_RECORD or status == 404:
        return ZohoNotFound(reason or "Zoho does not have this record", **facts)
    return ZohoRefused(reason or "Zoho refused without giving a reason", **facts)


def _busy(raw: RawResponse, reason: str, facts: dict[str, Any]) -> ZohoBusy:
    """Codes 44 and 45 are told apart by the day's remaining calls: both are seen for the per-minute limit
    (zoho.md 3.2).
    """
    asked = raw.headers.get("Retry-After", "").strip()
    retry_after = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    left = rate_header(raw.headers, "Remaining")
    if facts["code"] == AT_ONCE:
        wait = retry_after if retry_after is not None else random.uniform(1.0, 3.0)  # noqa: S311 - spreads callers
        return ZohoBusy(
            reason or "Zoho is answering too many calls at once", retry_after=wait, scope="at_once", **facts
        )
    if facts["code"] == PER_DAY and not left:
        reset = rate_header(raw.headers, "Reset")
        wait = retry_after if retry_after is not None else float(reset) if reset else DAY
        return ZohoBusy(reason or "today's calls to Zoho are used up", retry_after=wait, scope="day", **facts)
    wait = max(retry_after or 0.0, DEFAULT_BLOCK_SECONDS)
    return ZohoBusy(reason or "Zoho asks to wait a minute", retry_after=wait, scope="minute", **facts)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
