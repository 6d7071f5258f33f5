"""Who a line works for, and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class ApiTenant:
    """Whose line it is. api_url: from the data-centre table, never from an answer. granted_scopes: () when
    not known.

    organization_id: "" while it is still to be found out; only lists of organisations can be asked for then
    (zoho.md 2.1).
    """

    org: str
    organization_id: str
    api_url: str
    time_zone: str
    granted_scopes: tuple[str, ...]


class TokenProvider(Protocol):
    """Where the line gets its access token: the token vault."""

    def access_token(self, org: str) -> str: ...

    def renew(self, org: str, refused: str) -> str: ...

    def mark_lost(self, org: str, refused: str, why: str) -> None: ...


class ScopeRefusals(Protocol):
    """Where the line notes which scopes Zoho refuses in spite of the grant, and which it allows."""

    def note(self, org: str, scope: str, message: str) -> None: ...

    def allowed(self, org: str, scope: str) -> None: ...
