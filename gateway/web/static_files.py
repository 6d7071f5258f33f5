"""Static URLs carry a content fingerprint, so browsers may cache the files indefinitely; files are sent
compressed.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

FINGERPRINT_LENGTH = 10
COMPRESSED_TYPES = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})


def fingerprint_static_urls(app: Flask) -> None:
    """Adds ?v=<fingerprint> to every static URL that url_for builds."""
    folders = {"static": app.static_folder, "bootstrap.static": app.blueprints["bootstrap"].static_folder}

    @app.url_defaults
    def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        folder = folders.get(endpoint)
        if folder and "filename" in values:
            values.setdefault("v", content_fingerprint(Path(folder) / values["filename"]))


@cache
def content_fingerprint(path: Path) -> str:
    """The first characters of the file's sha256. Files do not change while the process runs."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:FINGERPRINT_LENGTH]


def compress_static_files(app: Flask) -> None:
    """Gzips stylesheets and scripts for browsers that accept it; there may be no proxy that does.

    Pages are not compressed: they are small, and compressing user text together with secrets can leak the
    secrets.
    """

    @app.after_request
    def compress(response: Response) -> Response:
        if (
            request.endpoint not in ("static", "bootstrap.static")
            or response.mimetype not in COMPRESSED_TYPES
        ):
            return response
        response.headers["Vary"] = "Accept-Encoding"
        if response.status_code == 200 and request.method == "GET" and request.accept_encodings["gzip"]:
            response.direct_passthrough = False
            response.set_data(_compressed(response.get_data()))
            response.headers["Content-Encoding"] = "gzip"
            tag, _ = response.get_etag()
            if tag:
                response.set_etag(f"{tag}-gzip")
        return response


@cache
def _compressed(content: bytes) -> bytes:
    """There are few files; each is compressed once per process."""
    return gzip.compress(content, compresslevel=9, mtime=0)
