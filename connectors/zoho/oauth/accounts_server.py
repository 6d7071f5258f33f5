"""Zoho's accounts server of one data centre: exchanges codes and refresh tokens for access tokens (zoho.md
1.2 to 1.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from config.data_centres import DataCentre
from connectors.zoho.api.errors import ZohoBusy, ZohoUnavailable
from connectors.zoho.api.transport import explain

log = structlog.get_logger()

THROTTLE_ERROR = "access denied"
"""More than ten access tokens in ten minutes for one refresh token (zoho.md 1.3, 1.4). Temporary, not a
refusal.
"""

THROTTLE_SECONDS = 600.0
"""Seconds; Zoho refuses until its ten-minute window ends and does not say when that is."""

DEFAULT_TOKEN_LIFETIME = 3600
"""Seconds: the documented lifetime of an access token, used only if the response has none (zoho.md 1.3)."""


class AccountsRefused(Exception):
    """The accounts server refused. error: its code, such as invalid_code."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, kw_only=True)
class TokenResponse:
    """The token endpoint's answer. refresh_token, api_domain and scopes are "" or () if left out."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    api_domain: str
    expires_in: int
    scopes: tuple[str, ...]


class AccountsServer:
    """Calls the configured server of `data_centre` and no other.

    All methods raise AccountsRefused or ZohoUnavailable.
    """

    def __init__(self, data_centre: DataCentre, *, connect_timeout: float, read_timeout: float) -> None:
        self._data_centre = data_centre
        self._timeouts = (connect_timeout, read_timeout)

    def exchange(self, code: str, *, code_verifier: str, redirect_uri: str) -> TokenResponse:
        """Exchange the callback's code for tokens. A code works once and for about two minutes."""
        with self._session("exchange") as session:
            return _token_response(
                session.fetch_token(
                    self._token_url,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=code_verifier,
                    redirect_uri=redirect_uri,
                    timeout=self._timeouts,
                    allow_redirects=False,
                )
            )

    def refresh(self, refresh_token: str) -> TokenResponse:
        """A new access token. Raises ZohoBusy when Zoho throttles: wait, the connection is not lost."""
        with self._session("refresh") as session:
            return _token_response(
                session.refresh_token(
                    self._token_url,
                    refresh_token=refresh_token,
                    timeout=self._timeouts,
                    allow_redirects=False,
                )
            )

    def revoke(self, refresh_token: str) -> bool:
        """Revoke a refresh token and its access tokens; returns whether Zoho confirmed.

        Zoho documents two URLs (zoho.md 1.5): the older is tried first, then the newer with the client's own
        credentials.
        """
        with self._session("revoke") as session:
            older = session.post(
                f"{self._data_centre.accounts_url}/oauth/v2/token/revoke",
                params={"token": refresh_token},
                withhold_token=True,
                timeout=self._timeouts,
                allow_redirects=False,
            )
            if _is_success(older):
                return True
            newer = session.post(
                f"{self._data_centre.accounts_url}/oauth/v2/revoke/token",
                data={"token": refresh_token, "token_type": "refresh_token"},
                auth=(self._data_centre.client_id, self._data_centre.client_secret),
                timeout=self._timeouts,
                allow_redirects=False,
            )
            return _is_success(newer)

    @property
    def _token_url(self) -> str:
        return f"{self._data_centre.accounts_url}/oauth/v2/token"

    @contextmanager
    def _session(self, step: str) -> Iterator[Any]:
        """One OAuth session for one step, with our errors and one log line without secrets."""
        outcome = "done"
        session = OAuth2Session(
            self._data_centre.client_id,
            self._data_centre.client_secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method, not a secret
        )
        for hook in ("access_token_response", "refresh_token_response"):
            session.register_compliance_hook(hook, _must_be_json_object)
        try:
            yield session
        except OAuthError as refusal:
            outcome = str(refusal.error)[:40]
            if outcome.lower() == THROTTLE_ERROR:
                raise ZohoBusy(
                    "Zoho gives no new access tokens for some minutes",
                    retry_after=THROTTLE_SECONDS,
                    scope="tokens",
                    request=step,
                ) from None
            raise AccountsRefused(outcome) from None
        except requests.RequestException as fault:
            outcome = explain(fault).reason
            raise ZohoUnavailable(outcome, request=step) from None
        except ZohoUnavailable as fault:
            outcome = fault.reason
            raise
        finally:
            session.close()
            log.info("zoho_accounts_call", dc=self._data_centre.code, step=step, outcome=outcome)


def _must_be_json_object(response: requests.Response) -> requests.Response:
    """Refusals come as JSON with HTTP 200 (zoho.md 1.4); anything but a JSON object decides nothing."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if response.status_code >= 500 or not isinstance(body, dict):
        raise ZohoUnavailable(
            "Zoho's accounts server did not give a proper answer", status=response.status_code
        )
    return response


def _token_response(body: Any) -> TokenResponse:
    """Success means an access token in the answer, whatever the HTTP status (zoho.md 1.4)."""
    access_token, expires_in = body.get("access_token"), body.get("expires_in")
    if not isinstance(access_token, str) or not access_token:
        raise ZohoUnavailable("Zoho's accounts server gave no access token")
    is_number = isinstance(expires_in, int) and not isinstance(expires_in, bool) and expires_in > 0
    return TokenResponse(
        access_token=access_token,
        refresh_token=str(body.get("refresh_token") or ""),
        api_domain=str(body.get("api_domain") or ""),
        expires_in=expires_in if is_number else DEFAULT_TOKEN_LIFETIME,
        scopes=tuple(str(body.get("scope") or "").replace(",", " ").split()),
    )


def _is_success(response: requests.Response) -> bool:
    try:
        return bool(response.status_code == 200 and response.json().get("status") == "success")
    except (ValueError, AttributeError):
        return False
