"""Access tokens: one per organisation, shared by all processes and refreshed early by exactly one of them
(zoho.md 1.3, 1.4).
"""

from __future__ import annotations

import datetime as dt

import structlog

from cache.locks import LockBusy
from cache.records.connections.access_tokens import AccessToken, AccessTokens
from cache.records.connections.connection import Connection, ConnectionState
from cache.records.connections.connections import Connections
from config.settings import Settings
from connectors.zoho.api.errors import ZohoAccessLost, ZohoBusy, ZohoUnavailable
from connectors.zoho.oauth.accounts_server import AccountsRefused, AccountsServer
from connectors.zoho.oauth.authorization_code import Grant

log = structlog.get_logger()

EXPIRY_MARGIN = dt.timedelta(seconds=60)
"""Refresh a token this long before it expires, so that none expires during a call."""

LOCK_RETRY_SECONDS = 2.0
"""Seconds after which the holder of the lock should be done."""

DEAD_REFRESH_TOKEN = "invalid_code"  # noqa: S105 - Zoho's error word


class TokenVault:
    """All methods raise ZohoAccessLost (connect again), ZohoBusy (wait) or ZohoUnavailable (try later)."""

    def __init__(self, settings: Settings, connections: Connections, tokens: AccessTokens) -> None:
        self._settings, self._connections, self._tokens = settings, connections, tokens

    def access_token(self, org: str) -> str:
        """A token valid for at least another minute."""
        token = self._tokens.get(org)
        return token.value if token is not None and _is_fresh(token) else self._refresh(org, refused="")

    def renew(self, org: str, refused: str) -> str:
        """A token other than `refused`, which Zoho rejected. Each token value forces at most one refresh
        across all processes.

        Returns `refused` when the refresh allowance is used up: the refusal then counts, and the token is
        kept because other calls may still work with it.
        """
        return self._refresh(org, refused=refused)

    def mark_lost(self, org: str, refused: str, why: str) -> None:
        """Zoho refuses even a fresh token: the merchant must connect again."""
        self._tokens.drop(org, if_value=refused)
        self._connections.mark(org, ConnectionState.RECONNECT_NEEDED, why=why)
        log.warning("zoho_access_lost", org=org)

    def accept(self, org: str, grant: Grant) -> None:
        """Use the access token of a new grant in place of an older connection's."""
        self._tokens.put(org, grant.access_token, grant.expires_in)

    def _refresh(self, org: str, *, refused: str) -> str:
        """Under the organisation's lock: those who waited check again first, and usually find it
        refreshed.
        """
        try:
            with self._tokens.refresh_lock(org):
                token = self._tokens.get(org)
                if token is not None and _is_fresh(token) and token.value != refused:
                    return token.value
                connection = self._connections.get(org)
                if connection is None or connection.state is not ConnectionState.CONNECTED:
                    raise ZohoAccessLost("This organisation is not connected to Zoho Books.")
                return self._refresh_or_reuse(connection, token, refused)
        except LockBusy:
            raise ZohoBusy(
                "another call is renewing the access to Zoho", retry_after=LOCK_RETRY_SECONDS, scope="tokens"
            ) from None

    def _refresh_or_reuse(self, connection: Connection, token: AccessToken | None, refused: str) -> str:
        """A new token; while Zoho gives none, the old one until it expires."""
        try:
            wait = self._tokens.seconds_until_refresh(connection.org)
            if wait > 0:
                raise ZohoBusy(
                    "new access tokens are used up for some minutes", retry_after=wait, scope="tokens"
                )
            return self._request_token(connection)
        except ZohoUnavailable as fault:
            if refused and isinstance(fault, ZohoBusy):
                return refused
            if token is not None and token.value != refused and token.expires_at > dt.datetime.now(dt.UTC):
                return token.value
            raise

    def _request_token(self, connection: Connection) -> str:
        data_centre = self._settings.data_centres.get(connection.dc)
        if data_centre is None:
            raise ZohoUnavailable(f"this portal has no client credentials for data centre {connection.dc}")
        server = AccountsServer(
            data_centre,
            connect_timeout=self._settings.zoho_connect_timeout,
            read_timeout=self._settings.zoho_connect_timeout,
        )
        refresh_token = self._connections.refresh_token(connection.org)
        try:
            response = server.refresh(refresh_token)
        except AccountsRefused as refusal:
            if refusal.error != DEAD_REFRESH_TOKEN:
                raise ZohoUnavailable(
                    f"Zoho's accounts server refused this portal's request ({refusal.error})"
                ) from None
            raise self._mark_dead(connection.org, refresh_token) from None
        self._tokens.put(connection.org, response.access_token, response.expires_in)
        return response.access_token

    def _mark_dead(self, org: str, refresh_token: str) -> ZohoAccessLost:
        """The refresh token is dead, unless the merchant reconnected while we tried the old one."""
        if self._connections.refresh_token(org) == refresh_token:
            self._connections.mark(
                org, ConnectionState.RECONNECT_NEEDED, why="Zoho no longer accepts the connection"
            )
            log.warning("zoho_access_lost", org=org)
        return ZohoAccessLost("Zoho no longer accepts this connection. The merchant must connect again.")


def _is_fresh(token: AccessToken) -> bool:
    return token.expires_at - dt.datetime.now(dt.UTC) > EXPIRY_MARGIN
