"""The API client of one organisation for one Zoho product: call budget, token, request, log line, response or
ZohoError.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

import structlog

from cache.records.connections.call_budget import BudgetSpent, CallBudget, CallClass
from connectors.zoho.api.api_protocols import ApiTenant, ScopeRefusals, TokenProvider
from connectors.zoho.api.api_request import ApiRequest, ReceivedResponse
from connectors.zoho.api.api_responses import ApiResponse, FetchedFile, FetchedPdf
from connectors.zoho.api.envelope import body_or_error, code_of, json_body, may_be_token_error, rate_header
from connectors.zoho.api.errors import ZohoAccessLost, ZohoBusy, ZohoError, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.api.operation import Call
from connectors.zoho.api.organisation_day import seconds_to_midnight
from connectors.zoho.api.scopes import covers
from connectors.zoho.api.transport import NoResponse, RawResponse, Transport

log = structlog.get_logger()

T = TypeVar("T")

BUDGET_WAITS: Mapping[CallClass, float] = {CallClass.PERSON: 1.0, CallClass.ORDER: 5.0, CallClass.SYNC: 5.0}
"""Seconds a call may wait for its share of the budget: people do not wait, and a job has its own time limit.
"""


Reader = Callable[[ReceivedResponse, Call], T]


class ApiClient:
    """Makes every call of one organisation to one product; thread-safe.

    All methods raise ZohoError. A read is retried once if its connection breaks; a write is never repeated,
    except when Zoho rejected its token before processing it.
    """

    def __init__(
        self,
        tenant: ApiTenant,
        *,
        transport: Transport,
        tokens: TokenProvider,
        budget: CallBudget,
        refusals: ScopeRefusals,
        call_class: CallClass,
    ) -> None:
        self.org = tenant.org
        self._tenant, self._product, self._transport = tenant, tenant.product, transport
        self._tokens, self._budget, self._refusals, self._call_class = tokens, budget, refusals, call_class

    def get(self, call: Call, params: Mapping[str, str] | None = None) -> ApiResponse:
        return self._call(ApiRequest(call, params or {}), self._read_json)

    def post(self, call: Call, body: Mapping[str, Any] | None = None) -> ApiResponse:
        return self._call(ApiRequest(call, {}, body), self._read_json)

    def put(
        self, call: Call, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> ApiResponse:
        return self._call(ApiRequest(call, {}, body, headers or {}), self._read_json)

    def pdf(self, call: Call) -> FetchedPdf:
        """The document's PDF (accept=pdf). Errors arrive as JSON even so (zoho.md 4.5)."""
        return self._call(ApiRequest(call, {"accept": "pdf"}), self._read_pdf)

    def file(self, call: Call) -> FetchedFile:
        """A file of any type. JSON means an error in place of the file."""
        return self._call(ApiRequest(call, {}), self._read_file)

    def _call(self, request: ApiRequest, read: Reader[T]) -> T:
        scope = request.call.scope
        if self._tenant.granted_scopes and not covers(self._tenant.granted_scopes, scope):
            raise ZohoScopeMissing(
                f"the connection does not include {scope}", scope=scope, request=request.call.label
            )
        token = self._tokens.access_token(self.org)
        try:
            response = self._attempt(request, read, token)
        except ZohoError as error:
            if not may_be_token_error(error):
                self._raise_final(request, token, error)
            response = self._with_fresh_token(request, read, token, error)
        self._refusals.allowed(self.org, scope)
        return response

    def _with_fresh_token(self, request: ApiRequest, read: Reader[T], refused: str, first: ZohoError) -> T:
        """A rejected token means nothing was done, so even a write may be retried once with another token."""
        token = self._tokens.renew(self.org, refused)
        if token == refused:
            raise first
        try:
            return self._attempt(request, read, token)
        except ZohoError as again:
            self._raise_final(request, token, again)

    def _raise_final(self, request: ApiRequest, token: str, error: ZohoError) -> NoReturn:
        """Raise what a refusal means once a bad token is ruled out. Losing Billing costs its features, not
        the connection.
        """
        details: dict[str, Any] = {"code": error.code, "status": error.status, "request": error.request}
        if isinstance(error, ZohoAccessLost) and not self._product.is_essential:
            self._refusals.note(self.org, request.call.scope, error.reason)
            raise ZohoScopeMissing(error.reason, scope=request.call.scope, **details) from error
        if isinstance(error, ZohoScopeMissing):
            self._refusals.note(self.org, request.call.scope, error.reason)
        elif isinstance(error, ZohoAccessLost):
            self._tokens.mark_lost(self.org, token, error.reason)
        raise error

    def _attempt(self, request: ApiRequest, read: Reader[T], token: str) -> T:
        """One request; a read is retried when the connection breaks. Not after a time-out: that would double
        the wait.
        """
        try:
            received = self._send(request, token)
        except NoResponse as fault:
            if request.call.is_write or fault.timed_out:
                raise _unavailable(request.call, fault) from fault
            try:
                received = self._send(request, token)
            except NoResponse as again:
                raise _unavailable(request.call, again) from again
        return read(received, request.call)

    def _send(self, request: ApiRequest, token: str) -> ReceivedResponse:
        """One request within the call budget, and its log line: ids and numbers only, never parameters,
        bodies or tokens.
        """
        call, started = request.call, time.monotonic()
        line: dict[str, Any] = {"outcome": "no answer"}
        try:
            with self._budget.take(self.org, self._call_class, wait=BUDGET_WAITS[self._call_class]):
                started = time.monotonic()
                raw = self._transport.send(
                    call.method,
                    f"{self._tenant.api_url}{self._product.base_path}{call.path}",
                    access_token=token,
                    params=self._params(request),
                    headers={**request.headers, **self._headers()},
                    body=request.body,
                )
            received = ReceivedResponse(raw, json_body(raw))
            left = rate_header(raw.headers, "Remaining")
            line = {
                "outcome": "answered",
                "status": raw.status,
                "code": code_of(received.envelope),
                "remaining_today": left,
            }
            self._record_limits(raw)
            return received
        except BudgetSpent as spent:
            line["outcome"] = f"held back: {spent.scope}"
            raise ZohoBusy(
                "this organisation's share of calls to Zoho is used up for the moment",
                retry_after=spent.retry_after,
                scope=spent.scope,
                request=call.label,
            ) from spent
        except NoResponse as fault:
            line["outcome"] = fault.reason
            raise
        finally:
            log.info(
                "zoho_call",
                org=self.org,
                product=self._product.name,
                request=call.label,
                call_class=str(self._call_class),
                milliseconds=round((time.monotonic() - started) * 1000),
                **line,
            )

    def _params(self, request: ApiRequest) -> dict[str, str]:
        parameter = self._product.organization_param
        return (
            {**request.params, parameter: self._tenant.organization_id} if parameter else dict(request.params)
        )

    def _headers(self) -> dict[str, str]:
        parameter = self._product.organization_header
        has_id = parameter and self._tenant.organization_id
        return {"Accept": "application/json"} | ({parameter: self._tenant.organization_id} if has_id else {})

    def _read_json(self, received: ReceivedResponse, call: Call) -> ApiResponse:
        return ApiResponse(self._verdict(received, call), received.raw.as_of)

    def _read_pdf(self, received: ReceivedResponse, call: Call) -> FetchedPdf:
        raw = received.raw
        if raw.status == 200 and _media_type(raw) == "application/pdf" and raw.content.startswith(b"%PDF-"):
            return FetchedPdf(raw.content, raw.as_of)
        self._verdict(received, call)
        raise ZohoUnavailable("Zoho sent no PDF", status=raw.status, request=call.label)

    def _read_file(self, received: ReceivedResponse, call: Call) -> FetchedFile:
        raw, kind = received.raw, _media_type(received.raw)
        if raw.status == 200 and raw.content and kind not in ("", "application/json", "text/html"):
            return FetchedFile(raw.content, kind, raw.as_of)
        self._verdict(received, call)
        raise ZohoUnavailable("Zoho sent no file", status=raw.status, request=call.label)

    def _verdict(self, received: ReceivedResponse, call: Call) -> dict[str, Any]:
        try:
            return body_or_error(received.raw, received.envelope, call)
        except ZohoBusy as busy:
            self._block_calls(busy, received.raw)
            raise

    def _record_limits(self, raw: RawResponse) -> None:
        """The header counts the day's calls of all the merchant's programs, not only ours (zoho.md 3.1)."""
        limit, left, reset = (rate_header(raw.headers, name) for name in ("Limit", "Remaining", "Reset"))
        if limit is not None and left is not None and reset is not None:
            self._budget.note_day(self.org, limit, left, reset)

    def _block_calls(self, busy: ZohoBusy, raw: RawResponse) -> None:
        """Back off in every process of this organisation, not only in this one."""
        if busy.scope == "day":
            limit = rate_header(raw.headers, "Limit")
            busy.retry_after = min(busy.retry_after, seconds_to_midnight(self._tenant.time_zone))
            self._budget.note_day(self.org, limit or 0, 0, max(1, int(busy.retry_after)))
        else:
            self._budget.block(self.org, busy.retry_after, busy.scope)
        log.warning(
            "zoho_limit",
            org=self.org,
            code=busy.code,
            scope=busy.scope,
            retry_after=round(busy.retry_after, 1),
        )


def _media_type(raw: RawResponse) -> str:
    return raw.headers.get("Content-Type", "").split(";")[0].strip().lower()


def _unavailable(call: Call, fault: NoResponse) -> ZohoUnavailable:
    return ZohoUnavailable(
        fault.reason, request=call.label, outcome_unknown=call.is_write and fault.may_have_arrived
    )
