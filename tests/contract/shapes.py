"""Zoho's condensed files, ready to check against: one document, every object closed to unknown names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parent / "zoho_shapes"
Document = dict[str, Any]


@cache
def document_of(product: str) -> Document:
    """Every operation of "books" or "billing". A product's files share one server and name no component:
    their paths stand side by side.
    """
    return merged(
        [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHAPES.glob(f"{product}.*.json"))]
    )


def merged(documents: list[Document]) -> Document:
    paths: Document = {}
    for document in documents:
        for path, item in document["paths"].items():
            paths.setdefault(path, {}).update(closed(item))
    return {**documents[0], "paths": paths}


def closed(part: Any) -> Any:
    """The same with `additionalProperties: false` wherever property names are listed: other names are then
    errors.
    """
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "properties" in part:
        properties = {name: closed(item) for name, item in part["properties"].items()}
        return {
            **closed({name: item for name, item in part.items() if name != "properties"}),
            "properties": properties,
            "additionalProperties": False,
        }
    return {name: closed(item) for name, item in part.items()}


def operation_names(document: Document) -> list[str]:
    """ "GET /estimates", … in the order of the document."""
    return [f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item]
