"""Checks one exchange against Zoho's shapes.

What differs becomes a Finding; whether it may differ is said in `deviations.py` alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError as SchemaError
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from openapi_core.templating.media_types.exceptions import MediaTypeNotFound
from openapi_core.templating.paths.exceptions import PathError
from openapi_core.templating.responses.exceptions import ResponseNotFound
from openapi_core.validation.request.exceptions import MissingParameterError, ParameterValidationError
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_schema_validator import OAS30Validator
from requests import PreparedRequest, Response

from tests.contract.exchange import Exchange

AUTHORISATION = re.compile(r"Zoho-oauthtoken \S+")
"""zoho.md 1.5: `Bearer` must not be relied on."""

REFUSALS = frozenset({400, 401, 404, 405, 429, 500})
"""The statuses Zoho documents besides success (zoho.md 3.2). Its files describe no operation's failure."""


@dataclass(frozen=True, order=True)
class Finding:
    """One difference.

    place: "?page", "estimate.line_items[].rate", "status". what: "unknown", "is number", "missing", …
    """

    side: str
    operation: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.side} of {self.operation}: {self.place} {self.what}"


class Checker:
    """document: closed shapes. renames: (operation, name in reality) → the wrong name in Zoho's file (zoho.md
    2.2).

    prefix: before the names of operations, since two products have operations of the same name.
    """

    def __init__(
        self, document: dict[str, Any], renames: Mapping[tuple[str, str], str], *, prefix: str = ""
    ) -> None:
        self._document, self._renames, self._prefix = document, renames, prefix
        self._shapes = OpenAPI.from_dict(document)

    def check(self, exchange: Exchange) -> set[Finding]:
        return self.check_request(exchange.request) | self.check_answer(exchange.request, exchange.answer)

    def operation_of(self, request: PreparedRequest) -> str:
        """ "GET /estimates/{estimate_id}", "billing GET /plans"; "" when the files have no such operation."""
        asked = RequestsOpenAPIRequest(request)
        try:
            found = self._shapes.request_validator.path_finder.find(
                asked.method, f"{asked.host_url}{asked.path}"
            )
        except PathError:
            return ""
        return f"{self._prefix}{asked.method.upper()} {found.path_result.pattern}"

    def check_request(self, request: PreparedRequest) -> set[Finding]:
        asked = RequestsOpenAPIRequest(request)
        operation = self.operation_of(request)
        if not operation:
            return {Finding("request", f"{asked.method.upper()} {asked.path}", "path", "unknown")}
        described = self._described(operation)
        known = {parameter["name"] for parameter in described["parameters"] if parameter["in"] == "query"}
        found = {
            Finding("request", operation, f"?{name}", "unknown")
            for name in asked.parameters.query
            if name not in known
        }
        if not AUTHORISATION.fullmatch(request.headers.get("Authorization", "")):
            found.add(Finding("request", operation, "Authorization", "in another form"))
        if asked.body and "requestBody" not in described:
            found.add(Finding("request", operation, "body", "unknown"))
        for error in self._shapes.iter_request_errors(asked):
            found |= {Finding("request", operation, place, what) for place, what in _read(error)}
        return found

    def check_answer(self, request: PreparedRequest, answer: Response) -> set[Finding]:
        operation = self.operation_of(request)
        if not operation:
            return set()
        if answer.status_code in REFUSALS:
            return {Finding("answer", operation, place, what) for place, what in _refusal_faults(answer)}
        asked, said = RequestsOpenAPIRequest(request), _Renamed(answer, self._renamed_in(operation))
        found = {
            Finding("answer", operation, name, f"stands for {written}")
            for name, written in said.renamed.items()
        }
        for error in self._shapes.iter_response_errors(asked, said):
            found |= {Finding("answer", operation, place, what) for place, what in _read(error)}
        return found

    def _described(self, operation: str) -> dict[str, Any]:
        method, path = operation.removeprefix(self._prefix).split(" ", 1)
        described: dict[str, Any] = self._document["paths"][path][method.lower()]
        return described

    def _renamed_in(self, operation: str) -> dict[str, str]:
        return {name: written for (of, name), written in self._renames.items() if of == operation}


class _Renamed(RequestsOpenAPIResponse):
    """An answer whose top-level keys are called as in Zoho's file, so that what stands under them is
    checked.
    """

    def __init__(self, answer: Response, names: Mapping[str, str]) -> None:
        super().__init__(answer)
        self._body = json.loads(answer.content) if names else None
        self.renamed = {name: written for name, written in names.items() if self._body and name in self._body}

    @property
    def data(self) -> bytes:
        if not self.renamed:
            return super().data
        return json.dumps(
            {self.renamed.get(name, name): value for name, value in (self._body or {}).items()}
        ).encode()


def _refusal_faults(answer: Response) -> Iterator[tuple[str, str]]:
    """A refusal is `{"code": n, "message": "…"}` and nothing else (zoho.md 2.2)."""
    try:
        body = answer.json()
    except ValueError:
        yield "body", "is no JSON"
        return
    if set(body) != {"code", "message"} or not isinstance(body["message"], str):
        yield "body", "is no refusal"
    elif not isinstance(body["code"], int) or body["code"] == 0:
        yield "code", "does not refuse"


def _read(error: Exception) -> Iterator[tuple[str, str]]:
    """Place and difference for each thing that openapi-core reports."""
    cause = error.__cause__
    if isinstance(cause, InvalidSchemaValue):
        place = f"?{error.name}" if isinstance(error, ParameterValidationError) else ""
        yield from _differences(cause.schema_errors, place)
    elif isinstance(error, MissingParameterError):
        yield f"?{error.name}", "missing"
    elif isinstance(error, ParameterValidationError):
        yield f"?{error.name}", "of another type"
    elif isinstance(error, ResponseNotFound):
        yield "status", f"is {error.http_status}"
    elif isinstance(cause, MediaTypeNotFound):
        yield "body", f"is {cause.mimetype.partition(';')[0]}"
    else:
        yield "body", f"{type(error).__name__}: {error}"


def _differences(errors: Iterable[Any], start: str) -> Iterator[tuple[str, str]]:
    for error in errors:
        place = _place(start, error)
        if error.validator == "additionalProperties":
            names = set(error.instance) - set(error.schema["properties"])
            yield from ((f"{place}.{name}" if place else name, "unknown") for name in names)
        elif error.validator == "required":
            names = set(error.validator_value) - set(error.instance)
            yield from ((f"{place}.{name}" if place else name, "missing") for name in names)
        elif isinstance(error.instance, bytes) and error.validator_value == "string":
            continue  # a file: Zoho's files write its bytes as text
        elif error.validator == "type":
            yield place, f"is {_kind(error.instance)}"
            yield from _inside_the_other_kind(error, place)
        elif error.validator == "maxLength":
            yield place, f"longer than {error.validator_value}"
        else:
            yield place, f"against {error.validator} {error.validator_value}"


def _inside_the_other_kind(error: SchemaError, place: str) -> Iterator[tuple[str, str]]:
    """An object where the file has a list of such objects, or the reverse (zoho.md 9.1): it is checked
    inside.
    """
    if error.validator_value == "array" and isinstance(error.instance, dict):
        yield from _differences(OAS30Validator(error.schema["items"]).iter_errors(error.instance), place)
    elif error.validator_value == "object" and isinstance(error.instance, list):
        for row in error.instance:
            yield from _differences(OAS30Validator(dict(error.schema)).iter_errors(row), f"{place}[]")


def _place(start: str, error: SchemaError) -> str:
    steps = "".join("[]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    return f"{start}{steps}" if start else steps.removeprefix(".")


def _kind(value: Any) -> str:
    if value == "" or value is None:
        return "empty text" if value == "" else "null"
    kinds = {bool: "boolean", int: "number", float: "number", str: "text", list: "list", dict: "object"}
    return kinds[type(value)]
