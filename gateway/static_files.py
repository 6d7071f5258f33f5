"""Addresses of our own files carry a mark of their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

MARK_LENGTH = 10


def mark_static_addresses(app: Flask) -> None:
    """Adds ?v=<content mark> to every static address that url_for makes."""
    folders = {"static": app.static_folder, "bootstrap.static": app.blueprints["bootstrap"].static_folder}

    @app.url_defaults
    def add_mark(endpoint: str, values: dict[str, Any]) -> None:
        folder = folders.get(endpoint)
        if folder and "filename" in values:
            values.setdefault("v", content_mark(Path(folder) / values["filename"]))


@cache
def content_mark(path: Path) -> str:
    """The first characters of the file's sha256; the files do not change while the process runs."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:MARK_LENGTH]
