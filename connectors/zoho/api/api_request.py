"""One call to Zoho on its way out, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.zoho.api.operation import Call
from connectors.zoho.api.transport import RawResponse


@dataclass(frozen=True)
class ApiRequest:
    """One call with its parameters, body and headers."""

    call: Call
    params: Mapping[str, str]
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReceivedResponse:
    """The raw response, and its envelope if it has one."""

    raw: RawResponse
    envelope: dict[str, Any] | None
