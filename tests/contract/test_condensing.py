"""Condensing keeps the facts, leaves the words, and mends what is wrong in Zoho's files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from tests.contract.condense_zoho_files import all_operations, condense, written


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": _ref(name)}}


VARIANTS = "Max-length [50] Variants: <code>number_startswith</code> and <code>number_contains</code>"
FAULTY: dict[str, Any] = {
    "openapi": "3.0.0",
    "info": {"title": "Things", "description": "Long words"},
    "servers": [{"url": "https://www.zohoapis.com/books/v3"}],
    "paths": {
        "/things/{thing_code}": {
            "get": {
                "operationId": "twice",
                "summary": "Get",
                "security": [{"Zoho_Auth": ["ZohoBooks.things.READ"]}],
                "parameters": [
                    {"$ref": "#/components/parameters/org"},
                    {"name": "number", "in": "query", "schema": {"type": "string"}, "description": VARIANTS},
                    {"name": "state", "in": "query", "schema": {"type": "string", "enum": ["open", "shut"]}},
                ],
                "responses": {"200": {"description": "OK", "content": _json("answer")}},
            },
            "put": {
                "operationId": "twice",
                "requestBody": {"content": _json("thing")},
                "responses": {"200": {"description": "OK"}},
            },
            "parameters": [
                {"name": "thing_id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
        },
    },
    "components": {
        "parameters": {
            "org": {"name": "organization_id", "in": "query", "required": True, "schema": {"type": "string"}},
        },
        "schemas": {
            "name": {"type": "string", "description": "Maximum length is 100 characters", "example": 7},
            "answer": {"type": "object", "properties": {"code": {"type": "integer"}, "thing": _ref("thing")}},
            "thing": {
                "type": "object",
                "title": "A thing",
                "required": ["name", "gone"],
                "properties": {
                    "name": _ref("name"),
                    "title": {"type": "string"},
                    "description": {"type": "string", "description": "The description. Max-Length [2000]"},
                    "rate": {"type": "number", "default": "the exchange rate provided in settings."},
                    "parts": {"type": "array", "items": _ref("name")},
                },
            },
        },
    },
}


@pytest.fixture
def condensed() -> dict[str, Any]:
    return condense(FAULTY, all_operations(FAULTY))


def test_zohos_faults_are_faults_before_and_gone_after(condensed: dict[str, Any]) -> None:
    assert list(OpenAPIV30SpecValidator(FAULTY).iter_errors())
    assert list(OpenAPIV30SpecValidator(condensed).iter_errors()) == []


def test_names_types_lengths_and_required_fields_stay(condensed: dict[str, Any]) -> None:
    body = condensed["paths"]["/things/{thing_code}"]["put"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert body == {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 100},
            "title": {"type": "string"},
            "description": {"type": "string", "maxLength": 2000},
            "rate": {"type": "number"},
            "parts": {"type": "array", "items": {"type": "string", "maxLength": 100}},
        },
        "required": ["name"],
    }


def test_parameters_stay_with_the_variants_that_their_words_name(condensed: dict[str, Any]) -> None:
    parameters = condensed["paths"]["/things/{thing_code}"]["get"]["parameters"]
    assert [(parameter["in"], parameter["name"], parameter["required"]) for parameter in parameters] == [
        ("path", "thing_code", True),
        ("query", "organization_id", True),
        ("query", "number", False),
        ("query", "number_startswith", False),
        ("query", "number_contains", False),
        ("query", "state", False),
    ]
    assert parameters[3]["schema"] == {"type": "string", "maxLength": 50}
    assert parameters[5]["schema"] == {"type": "string", "enum": ["open", "shut"]}


def test_of_the_words_nothing_stays(condensed: dict[str, Any]) -> None:
    text = json.dumps(condensed)
    assert "Long words" not in text and "exchange rate" not in text and "twice" not in text
    assert condensed["servers"] == [{"url": "/books/v3"}]
    assert condensed["paths"]["/things/{thing_code}"]["get"]["x-scope"] == "ZohoBooks.things.READ"


def test_an_operation_that_the_file_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        condense(FAULTY, ["POST /things/{thing_code}"])


def test_what_is_written_is_the_same_json(condensed: dict[str, Any]) -> None:
    text = written(condensed)
    assert json.loads(text) == condensed
    assert max(map(len, text.splitlines())) <= 120
