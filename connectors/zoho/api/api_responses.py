"""What an API client returns: a body, a PDF or a file, each with the time Zoho answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ApiResponse:
    """A successful envelope and the time Zoho answered (UTC)."""

    body: dict[str, Any]
    as_of: dt.datetime


@dataclass(frozen=True)
class FetchedPdf:
    """A PDF's bytes and the time Zoho answered (UTC)."""

    content: bytes = field(repr=False)
    as_of: dt.datetime


@dataclass(frozen=True)
class FetchedFile:
    """A merchant's file with the content type Zoho reports; the reader must not trust it."""

    content: bytes = field(repr=False)
    kind: str
    as_of: dt.datetime
