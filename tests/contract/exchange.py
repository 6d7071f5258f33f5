"""One request as it went over the wire and the answer to it, caught where every `requests` session passes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unittest.mock import patch

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse


@dataclass(frozen=True)
class Exchange:
    request: PreparedRequest
    answer: Response


@contextmanager
def recorded() -> Iterator[list[Exchange]]:
    """All exchanges of this process while the block runs. They are watched only: the other end really
    answers.

    The body is read here, and left for whoever sent the request to read again.
    """
    exchanges: list[Exchange] = []
    send = HTTPAdapter.send

    def watched(adapter: HTTPAdapter, request: PreparedRequest, **how: Any) -> Response:
        answer = send(adapter, request, **how)
        exchanges.append(Exchange(request, answer))
        headers = {
            name: value for name, value in answer.headers.items() if name.lower() != "content-encoding"
        }
        answer.raw = HTTPResponse(
            BytesIO(answer.content),
            headers,
            answer.status_code,
            preload_content=False,
            request_method=request.method,
        )
        return answer

    with patch.object(HTTPAdapter, "send", watched):
        yield exchanges
