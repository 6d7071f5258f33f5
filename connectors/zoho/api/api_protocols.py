"""Who an API client calls for, and what it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from connectors.zoho.api.product import Product


@dataclass(frozen=True, kw_only=True)
class ApiTenant:
    """The organisation of one product that an API client calls for. api_url: from the data-centre table,
    never from a response.
    granted_scopes: () if unknown.

    organization_id: "" while unknown; only lists of organisations can be requested then (zoho.md 2.1).
    """

    org: str
    product: Product
    organization_id: str
    api_url: str
    time_zone: str
    granted_scopes: tuple[str, ...]


class TokenProvider(Protocol):
    """Provides access tokens; implemented by the token vault."""

    def access_token(self, org: str) -> str: ...

    def renew(self, org: str, refused: str) -> str: ...

    def mark_lost(self, org: str, refused: str, why: str) -> None: ...


class ScopeRefusals(Protocol):
    """Records which scopes Zoho refuses despite the grant, and which it allows."""

    def note(self, org: str, scope: str, message: str) -> None: ...

    def allowed(self, org: str, scope: str) -> None: ...
