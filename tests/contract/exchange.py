"""One request as it went over the wire and the answer to it, caught where every `requests` session passes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter


@dataclass(frozen=True)
class Exchange:
    request: PreparedRequest
    answer: Response


@contextmanager
def recorded() -> Iterator[list[Exchange]]:
    """All exchanges of this process while the block runs. They are watched only: the other end really answers."""
    exchanges: list[Exchange] = []
    send = HTTPAdapter.send

    def watched(adapter: HTTPAdapter, request: PreparedRequest, **how: Any) -> Response:
        answer = send(adapter, request, **{**how, "stream": False})
        exchanges.append(Exchange(request, answer))
        return answer

    with patch.object(HTTPAdapter, "send", watched):
        yield exchanges
