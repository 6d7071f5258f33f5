"""Requests and answers that nobody sent, for the tests of the checker."""

from __future__ import annotations

import json
from typing import Any

from requests import PreparedRequest, Request, Response

BOOKS = "https://www.zohoapis.com/books/v3"
TOKEN = {"Authorization": "Zoho-oauthtoken 1000.made.up"}


def asked(
    method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, *, base: str = BOOKS
) -> PreparedRequest:
    return Request(
        method, f"{base}{path}", json=body, headers=TOKEN if headers is None else headers
    ).prepare()


def answered(body: Any, *, status: int = 200, kind: str = "application/json;charset=UTF-8") -> Response:
    answer = Response()
    answer.status_code = status
    answer.headers["Content-Type"] = kind
    answer._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return answer
