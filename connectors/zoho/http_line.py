"""One organisation's line to one of Zoho's products: budget, token, one request, one log line, a body or a
ZohoError.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

import structlog

from cache.records.connections.call_budget import BudgetSpent, CallBudget, CallClass
from connectors.zoho.answers import (
    body_or_error,
    code_of,
    json_body,
    may_be_the_token,
    rate_header,
)
from connectors.zoho.errors import ZohoAccessLost, ZohoBusy, ZohoError, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.line_answers import Answer, FileAnswer, PdfAnswer
from connectors.zoho.line_partners import Refusals, Subscriber, Tokens
from connectors.zoho.operation import Call
from connectors.zoho.organisation_day import seconds_to_midnight
from connectors.zoho.product import Product
from connectors.zoho.scopes import covers
from connectors.zoho.transport import NoAnswer, RawAnswer, Transport

log = structlog.get_logger()

T = TypeVar("T")

WAITS: Mapping[CallClass, float] = {CallClass.PERSON: 1.0, CallClass.ORDER: 5.0, CallClass.SYNC: 5.0}
"""Seconds a call may wait for its share of the budget: a person does not wait, a job has its own time
limit.
"""


@dataclass(frozen=True)
class _Request:
    """One call with what goes along."""

    call: Call
    params: Mapping[str, str]
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Received:
    """What came back, and its envelope where it has one."""

    raw: RawAnswer
    envelope: dict[str, Any] | None


Reader = Callable[[_Received, Call], T]


class ZohoLine:
    """Every call of one organisation to one product goes through here; safe to share between threads.

    All methods raise ZohoError. A read whose connection breaks is asked once more at once; a write is never
    repeated, except when Zoho refused its token before looking at it.
    """

    def __init__(
        self,
        subscriber: Subscriber,
        *,
        product: Product,
        transport: Transport,
        tokens: Tokens,
        budget: CallBudget,
        refusals: Refusals,
        call_class: CallClass,
    ) -> None:
        self.org = subscriber.org
        self._subscriber, self._product, self._transport = subscriber, product, transport
        self._tokens, self._budget, self._refusals, self._call_class = tokens, budget, refusals, call_class

    def get(self, call: Call, params: Mapping[str, str] | None = None) -> Answer:
        return self._ask(_Request(call, params or {}), self._read_json)

    def post(self, call: Call, body: Mapping[str, Any] | None = None) -> Answer:
        return self._ask(_Request(call, {}, body), self._read_json)

    def put(self, call: Call, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask(_Request(call, {}, body, headers or {}), self._read_json)

    def pdf(self, call: Call) -> PdfAnswer:
        """The same address with accept=pdf. An error comes as JSON although a PDF was asked for (FACTS
        4.5).
        """
        return self._ask(_Request(call, {"accept": "pdf"}), self._read_pdf)

    def file(self, call: Call) -> FileAnswer:
        """A file of any kind. JSON is an error that Zoho sends in a file's place."""
        return self._ask(_Request(call, {}), self._read_file)

    def _ask(self, request: _Request, read: Reader[T]) -> T:
        scope = request.call.scope
        if self._subscriber.granted and not covers(self._subscriber.granted, scope):
            raise ZohoScopeMissing(
                f"the connection does not include {scope}", scope=scope, request=request.call.label
            )
        token = self._tokens.access_token(self.org)
        try:
            answer = self._try(request, read, token)
        except ZohoError as error:
            if not may_be_the_token(error):
                self._end(request, token, error)
            answer = self._with_fresh_token(request, read, token, error)
        self._refusals.allowed(self.org, scope)
        return answer

    def _with_fresh_token(self, request: _Request, read: Reader[T], refused: str, first: ZohoError) -> T:
        """Zoho refused the token before doing anything, so even a write may be sent once more with another
        one.
        """
        token = self._tokens.renewed(self.org, refused)
        if token == refused:
            raise first
        try:
            return self._try(request, read, token)
        except ZohoError as again:
            self._end(request, token, again)

    def _end(self, request: _Request, token: str, error: ZohoError) -> NoReturn:
        """Raise what a refusal means once the token is above suspicion. Losing Billing is losing features,
        not the connection.
        """
        told: dict[str, Any] = {"code": error.code, "status": error.status, "request": error.request}
        if isinstance(error, ZohoAccessLost) and not self._product.carries_the_connection:
            self._refusals.note(self.org, request.call.scope, error.reason)
            raise ZohoScopeMissing(error.reason, scope=request.call.scope, **told) from error
        if isinstance(error, ZohoScopeMissing):
            self._refusals.note(self.org, request.call.scope, error.reason)
        elif isinstance(error, ZohoAccessLost):
            self._tokens.lost(self.org, token, error.reason)
        raise error

    def _try(self, request: _Request, read: Reader[T], token: str) -> T:
        """One request; a read whose connection broke is asked a second time. Not after a time-out: that
        doubles the wait.
        """
        try:
            received = self._send(request, token)
        except NoAnswer as fault:
            if request.call.is_write or fault.timed_out:
                raise _unavailable(request.call, fault) from fault
            try:
                received = self._send(request, token)
            except NoAnswer as again:
                raise _unavailable(request.call, again) from again
        return read(received, request.call)

    def _send(self, request: _Request, token: str) -> _Received:
        """One request within the budget, and its log line: ids and numbers only, no parameters, no bodies, no
        tokens.
        """
        call, started = request.call, time.monotonic()
        line: dict[str, Any] = {"outcome": "no answer"}
        try:
            with self._budget.take(self.org, self._call_class, wait=WAITS[self._call_class]):
                started = time.monotonic()
                raw = self._transport.send(
                    call.method,
                    f"{self._subscriber.api_url}{self._product.base_path}{call.path}",
                    access_token=token,
                    params=self._params(request),
                    headers={**request.headers, **self._headers()},
                    body=request.body,
                )
            received = _Received(raw, json_body(raw))
            left = rate_header(raw.headers, "Remaining")
            line = {
                "outcome": "answered",
                "status": raw.status,
                "code": code_of(received.envelope),
                "left_today": left,
            }
            self._note_limits(raw)
            return received
        except BudgetSpent as spent:
            line["outcome"] = f"held back: {spent.scope}"
            raise ZohoBusy(
                "this organisation's share of calls to Zoho is used up for the moment",
                retry_after=spent.retry_after,
                scope=spent.scope,
                request=call.label,
            ) from spent
        except NoAnswer as fault:
            line["outcome"] = fault.words
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

    def _params(self, request: _Request) -> dict[str, str]:
        named = self._product.organization_param
        return {**request.params, named: self._subscriber.organization_id} if named else dict(request.params)

    def _headers(self) -> dict[str, str]:
        named = self._product.organization_header
        is_said = named and self._subscriber.organization_id
        return {"Accept": "application/json"} | ({named: self._subscriber.organization_id} if is_said else {})

    def _read_json(self, received: _Received, call: Call) -> Answer:
        return Answer(self._verdict(received, call), received.raw.said_at)

    def _read_pdf(self, received: _Received, call: Call) -> PdfAnswer:
        raw = received.raw
        if raw.status == 200 and _kind_of(raw) == "application/pdf" and raw.content.startswith(b"%PDF-"):
            return PdfAnswer(raw.content, raw.said_at)
        self._verdict(received, call)
        raise ZohoUnavailable("Zoho sent no PDF", status=raw.status, request=call.label)

    def _read_file(self, received: _Received, call: Call) -> FileAnswer:
        raw, kind = received.raw, _kind_of(received.raw)
        if raw.status == 200 and raw.content and kind not in ("", "application/json", "text/html"):
            return FileAnswer(raw.content, kind, raw.said_at)
        self._verdict(received, call)
        raise ZohoUnavailable("Zoho sent no file", status=raw.status, request=call.label)

    def _verdict(self, received: _Received, call: Call) -> dict[str, Any]:
        try:
            return body_or_error(received.raw, received.envelope, call)
        except ZohoBusy as busy:
            self._hold_back(busy, received.raw)
            raise

    def _note_limits(self, raw: RawAnswer) -> None:
        """The header counts the day's calls of all programs of the merchant, not only ours (FACTS 3.1)."""
        limit, left, reset = (rate_header(raw.headers, name) for name in ("Limit", "Remaining", "Reset"))
        if limit is not None and left is not None and reset is not None:
            self._budget.note_day(self.org, limit, left, reset)

    def _hold_back(self, busy: ZohoBusy, raw: RawAnswer) -> None:
        """Every process of this organisation waits, not only this one."""
        if busy.scope == "day":
            limit = rate_header(raw.headers, "Limit")
            busy.retry_after = min(busy.retry_after, seconds_to_midnight(self._subscriber.time_zone))
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


def _kind_of(raw: RawAnswer) -> str:
    return raw.headers.get("Content-Type", "").split(";")[0].strip().lower()


def _unavailable(call: Call, fault: NoAnswer) -> ZohoUnavailable:
    return ZohoUnavailable(
        fault.words, request=call.label, outcome_unknown=call.is_write and fault.may_have_arrived
    )
