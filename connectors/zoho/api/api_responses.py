"""What the line brings back: a body, a PDF or a file, each with the moment Zoho said it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ApiResponse:
    """A successful envelope, and when Zoho said it (UTC)."""

    body: dict[str, Any]
    as_of: dt.datetime


@dataclass(frozen=True)
class FetchedPdf:
    """A PDF's bytes, and when Zoho made it (UTC)."""

    content: bytes = field(repr=False)
    as_of: dt.datetime


@dataclass(frozen=True)
class FetchedFile:
    """A merchant's file and the kind Zoho gave it; what it really holds is for the reader to distrust."""

    content: bytes = field(repr=False)
    kind: str
    as_of: dt.datetime
