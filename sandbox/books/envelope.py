"""Zoho's envelope: `{"code": 0, "message": …, "<resource>": …}` (zoho.md 2.2)."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify


def success(message: str = "success", status: int = 200, **resources: Any) -> Response:
    """A success response."""
    answer = jsonify({"code": 0, "message": message, **resources})
    answer.status_code = status
    return answer


def pdf_answer(content: bytes, name: str) -> Response:
    """A PDF as Zoho streams it."""
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
