"""Our own files travel compressed to who takes it, and are the same files."""

from __future__ import annotations

import gzip

from flask import Flask

STYLES = "/static/foyer.css"


def fetched(app: Flask, path: str, taking: str = "") -> tuple[dict[str, str], bytes]:
    """Headers and body; the file is closed, as a web server closes it."""
    with app.test_client().get(path, headers={"Accept-Encoding": taking} if taking else None) as answer:
        return dict(answer.headers), answer.get_data()


def test_a_style_sheet_is_the_same_with_and_without_compression(app: Flask) -> None:
    (plain, text), (packed, body) = fetched(app, STYLES), fetched(app, STYLES, "gzip, br")
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == text
    assert int(packed["Content-Length"]) == len(body) < len(text) / 2
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
    assert plain["ETag"] != packed["ETag"]


def test_who_refuses_gzip_does_not_get_it(app: Flask) -> None:
    assert "Content-Encoding" not in fetched(app, STYLES, "gzip;q=0")[0]


def test_pages_are_left_alone(app: Flask) -> None:
    assert "Content-Encoding" not in fetched(app, "/sign-in", "gzip")[0]
