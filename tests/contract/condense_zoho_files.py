"""Condense Zoho's OpenAPI files to the facts that the contract tests need.

    FOYER_ZOHO_OPENAPI=<folder that holds books/ and billing/> python -m tests.contract.condense_zoho_files

Writes tests/contract/zoho_shapes/*.json. Kept of each operation in `operations.py`: path, parameters, field
names, types, allowed values, lengths, statuses and scope. Left out: every description, example, title,
default and operation id, and with them the faults of Zoho's files (prose where a number belongs, examples of
the wrong type, one operation id twice). What is left is mended: the parameters in a path are those that its
template names.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.contract.operations import OPERATIONS

SHAPES = Path(__file__).parent / "zoho_shapes"
FOLDER_VARIABLE = "FOYER_ZOHO_OPENAPI"

LENGTH = re.compile(r"max(?:imum)?[ -]length (?:is )?\[?(\d+)", re.IGNORECASE)
VARIANT = "startswith|contains|less_than|less_equals|greater_than|greater_equals|start|end|before|after"
JSON_TYPES = {"string", "number", "integer", "boolean", "array", "object"}
Document = dict[str, Any]


def condense(document: Mapping[str, Any], operations: Iterable[str]) -> Document:
    """One of Zoho's files, cut down to these operations ("GET /estimates"). Raises KeyError for an unknown
    one.
    """
    paths: Document = {}
    for operation in operations:
        method, path = operation.split(" ", 1)
        item = document["paths"][path]
        shared = item.get("parameters", [])
        paths.setdefault(path, {})[method.lower()] = _operation(document, path, item[method.lower()], shared)
    return {
        "openapi": "3.0.0",
        "info": {"title": "Shapes of Zoho's API", "version": "1"},
        "servers": [{"url": urlsplit(document["servers"][0]["url"]).path}],
        "paths": paths,
    }


def all_operations(document: Mapping[str, Any]) -> list[str]:
    methods = {"get", "put", "post", "delete"}
    return [
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
        if method in methods
    ]


def _operation(
    document: Mapping[str, Any], path: str, operation: Mapping[str, Any], shared: list[Any]
) -> Document:
    kept: Document = {
        "x-scope": _scope(operation),
        "parameters": _parameters(document, path, [*shared, *operation.get("parameters", [])]),
    }
    if "requestBody" in operation:
        kept["requestBody"] = {"content": _content(document, _follow(document, operation["requestBody"]))}
    kept["responses"] = {
        status: {"description": "", "content": _content(document, _follow(document, answer))}
        for status, answer in operation["responses"].items()
    }
    return kept


def _scope(operation: Mapping[str, Any]) -> str:
    return ",".join(
        scope for way in operation.get("security", []) for scopes in way.values() for scope in scopes
    )


def _content(document: Mapping[str, Any], part: Mapping[str, Any]) -> Document:
    return {
        kind: {"schema": shape(document, item.get("schema", {}))}
        for kind, item in part.get("content", {}).items()
    }


def _parameters(document: Mapping[str, Any], path: str, written: list[Any]) -> list[Document]:
    """Query and header parameters as written, with the variants that their descriptions name.

    Path parameters are those of the template: one of Zoho's files declares others.
    """
    found: dict[tuple[str, str], Document] = {
        ("path", name): _text_parameter(name) for name in re.findall(r"\{(\w+)\}", path)
    }
    for record in (_follow(document, parameter) for parameter in written):
        if record["in"] == "path":
            continue
        schema = shape(
            document,
            {"description": record.get("description", ""), **_follow(document, record.get("schema", {}))},
        )
        kept = {
            "name": record["name"],
            "in": record["in"],
            "required": bool(record.get("required")),
            "schema": schema,
        }
        found[record["in"], record["name"]] = kept
        for variant in re.findall(
            rf"\b({re.escape(record['name'])}_(?:{VARIANT}))\b", record.get("description", "")
        ):
            found.setdefault((record["in"], variant), {**kept, "name": variant, "required": False})
    return list(found.values())


def _text_parameter(name: str) -> Document:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def shape(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Document:
    """Types, names, allowed values and lengths of a schema, with every reference replaced by what it points
    to.

    Zoho writes lengths into descriptions ("Max-length [100]"); they become maxLength.
    """
    schema = _follow(document, schema)
    kept: Document = {}
    if schema.get("type") in JSON_TYPES:
        kept["type"] = schema["type"]
    if kept.get("type") == "string" and (length := LENGTH.search(schema.get("description", ""))):
        kept["maxLength"] = int(length[1])
    if "enum" in schema:
        kept["enum"] = schema["enum"]
    if "properties" in schema:
        kept["properties"] = {name: shape(document, item) for name, item in schema["properties"].items()}
    if required := [name for name in schema.get("required", []) if name in schema.get("properties", {})]:
        kept["required"] = required
    if "items" in schema:
        kept["items"] = shape(document, schema["items"])
    kept |= {
        way: [shape(document, item) for item in schema[way]]
        for way in ("allOf", "anyOf", "oneOf")
        if way in schema
    }
    return kept


def _follow(document: Mapping[str, Any], part: Any) -> Any:
    """The part itself, or what its reference points to; words beside a reference are kept."""
    while isinstance(part, Mapping) and "$ref" in part:
        target: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        part = {**target, **{name: value for name, value in part.items() if name != "$ref"}}
    return part


def read_zoho_file(path: Path) -> Document:
    loaded: Document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def condensed_files(folder: Path, operations: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Name of the shape file → its text, for every file of the table."""
    return {
        f"{file.removesuffix('.yml').replace('/', '.')}.json": written(
            condense(read_zoho_file(folder / file), wanted)
        )
        + "\n"
        for file, wanted in operations.items()
    }


def written(value: Any, indent: str = "") -> str:
    """JSON that a person can read and git can compare: what fits stands on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= 120 or not isinstance(value, dict | list) or not value:
        return line
    deeper = indent + " "
    if isinstance(value, list):
        return "[\n" + ",\n".join(deeper + written(item, deeper) for item in value) + f"\n{indent}]"
    entries = (f"{deeper}{json.dumps(name)}: {written(item, deeper)}" for name, item in value.items())
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"


def main() -> int:
    folder = os.environ.get(FOLDER_VARIABLE, "")
    if not folder:
        missing = f"Set {FOLDER_VARIABLE} to the folder that holds Zoho's files (books/, billing/)."
        print(missing, file=sys.stderr)  # noqa: T201
        return 2
    for name, text in condensed_files(Path(folder), OPERATIONS).items():
        (SHAPES / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
