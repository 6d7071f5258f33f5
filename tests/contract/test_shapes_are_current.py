"""The committed shapes are what Zoho's files say.

Zoho's files may not be handed on, so this one comparison needs them at hand.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from tests.contract.condense_zoho_files import (
    FOLDER_VARIABLE,
    SHAPES,
    all_operations,
    condense,
    condensed_files,
    read_zoho_file,
)
from tests.contract.operations import OPERATIONS


@pytest.fixture(scope="module")
def zoho_files() -> Path:
    """The folder with Zoho's own files. Without it the comparison is not possible, and the report says so."""
    folder = os.environ.get(FOLDER_VARIABLE, "")
    if not folder:
        pytest.skip(
            f"Not compared: {FOLDER_VARIABLE} does not name the folder of Zoho's own OpenAPI files, "
            f"which are not part "
            "of this repository. Every other contract test runs from tests/contract/zoho_shapes."
        )
    assert (Path(folder) / "books").is_dir(), f"{FOLDER_VARIABLE} is {folder}, which has no folder books/"
    return Path(folder)


def test_zohos_files_condense_to_valid_openapi_and_to_the_committed_shapes(zoho_files: Path) -> None:
    documents = {path: read_zoho_file(path) for path in zoho_files.glob("*/*.yml")}
    invalid = [
        path
        for path, document in documents.items()
        if faults_in(condense(document, all_operations(document)))
    ]
    assert invalid == []

    fresh = condensed_files(zoho_files, OPERATIONS)
    committed = {path.name: path.read_text(encoding="utf-8") for path in SHAPES.glob("*.json")}
    changed = [name for name in fresh.keys() | committed.keys() if fresh.get(name) != committed.get(name)]
    assert changed == [], "run python -m tests.contract.condense_zoho_files and read the difference"


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.json")), ids=lambda path: path.stem)
def test_each_shape_is_valid_openapi_and_holds_its_operations(path: Path) -> None:
    shape: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert faults_in(shape) == []
    assert sorted(all_operations(shape)) == sorted(OPERATIONS[f"{path.stem.replace('.', '/')}.yml"])


def faults_in(document: dict[str, Any]) -> list[Exception]:
    return list(OpenAPIV30SpecValidator(document).iter_errors())
