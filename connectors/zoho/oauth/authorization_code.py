"""How a merchant connects: the consent page, and exchanging its code at a known server (zoho.md 1.2)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from config.data_centres import DataCentre
from config.settings import Settings
from connectors.zoho.api.errors import OAuthRefused, ZohoUnavailable
from connectors.zoho.api.scopes import BOOKS_SCOPES
from connectors.zoho.documents.document import Document
from connectors.zoho.oauth.accounts_server import AccountsRefused, AccountsServer

BY_OPERATOR = "The portal's operator must correct it."

ERROR_MESSAGES = {
    "invalid_code": (
        "Zoho no longer knows this sign-in: it was used already or took longer than two minutes. "
        "Please connect again."
    ),
    "invalid_client": f"Zoho does not know this portal's client id in this data centre. {BY_OPERATOR}",
    "invalid_client_secret": (
        f"Zoho did not accept this portal's client secret for this data centre. {BY_OPERATOR}"
    ),
    "invalid_redirect_uri": f"Zoho does not have this portal's address registered. {BY_OPERATOR}",
}


@dataclass(frozen=True, kw_only=True)
class Callback:
    """The parameters of the callback. location and accounts_server are "" if Zoho sent none."""

    code: str = field(repr=False)
    location: str = ""
    accounts_server: str = ""


@dataclass(frozen=True, kw_only=True)
class Grant(Document):
    """What a merchant granted. dc: code of their data centre. expires_in: seconds.

    Its stored form holds the tokens: seal it.
    """

    dc: str
    accounts_server: str
    api_domain: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    scopes: tuple[str, ...]


def new_code_verifier() -> str:
    """A PKCE code verifier of 64 characters; stays on our side until the callback."""
    return secrets.token_urlsafe(48)


def code_challenge_of(code_verifier: str) -> str:
    """The S256 challenge for the consent page."""
    return str(create_s256_code_challenge(code_verifier))


def consent_url(
    dc: DataCentre,
    *,
    redirect_uri: str,
    state: str,
    code_challenge: str,
    scopes: Iterable[str] = BOOKS_SCOPES,
) -> str:
    """Where to redirect the merchant's browser.

    access_type=offline requests a refresh token; without prompt=consent a second connect may bring none. Zoho
    joins scopes with commas.
    """
    address = prepare_grant_uri(
        f"{dc.accounts_url}/oauth/v2/auth",
        dc.client_id,
        "code",
        redirect_uri=redirect_uri,
        scope=",".join(scopes),
        state=state,
        access_type="offline",
        prompt="consent",
        code_challenge=code_challenge,
        code_challenge_method="S256",
    )
    return str(address)


def exchange_code(
    settings: Settings,
    callback: Callback,
    *,
    redirect_uri: str,
    code_verifier: str,
    flow_dc: str,
    requested_scopes: Iterable[str] = BOOKS_SCOPES,
) -> Grant:
    """Exchange the callback's code for a grant. flow_dc: data centre where the flow began. Raises
    OAuthRefused, ZohoUnavailable.

    The client secret goes to the server named in the callback, so that name is checked first.
    """
    data_centre = _callback_data_centre(settings, callback, flow_dc)
    server = AccountsServer(
        data_centre, connect_timeout=settings.zoho_connect_timeout, read_timeout=settings.zoho_read_timeout
    )
    if not callback.code:
        raise OAuthRefused("Zoho sent no code. Please connect again.")
    try:
        response = server.exchange(callback.code, code_verifier=code_verifier, redirect_uri=redirect_uri)
    except AccountsRefused as refusal:
        raise OAuthRefused(
            ERROR_MESSAGES.get(refusal.error, f"Zoho refused the connection ({refusal.error}).")
        ) from None
    if not response.refresh_token:
        raise OAuthRefused(
            "Zoho gave access for one hour only, not a lasting connection. Please connect again and agree."
        )
    if response.api_domain != data_centre.api_url:
        raise OAuthRefused(
            "Zoho named an address for its data that this portal does not know. Nothing was connected."
        )
    return Grant(
        dc=data_centre.code,
        accounts_server=data_centre.accounts_url,
        api_domain=data_centre.api_url,
        access_token=response.access_token,
        refresh_token=response.refresh_token,
        expires_in=response.expires_in,
        scopes=response.scopes or tuple(requested_scopes),
    )


def revoke(settings: Settings, dc: str, refresh_token: str) -> bool:
    """Revoke a grant in Zoho; returns whether Zoho confirmed. Never raises: disconnecting must not depend on
    Zoho (zoho.md 1.5).
    """
    data_centre = settings.data_centres.get(dc)
    if data_centre is None:
        return False
    server = AccountsServer(
        data_centre, connect_timeout=settings.zoho_connect_timeout, read_timeout=settings.zoho_read_timeout
    )
    try:
        return server.revoke(refresh_token)
    except (AccountsRefused, ZohoUnavailable):
        return False


def _callback_data_centre(settings: Settings, callback: Callback, flow_dc: str) -> DataCentre:
    """The configured data centre whose accounts URL equals, character by character, the one in the
    callback.
    """
    if not callback.accounts_server:
        named = settings.data_centres.get(flow_dc)
    else:
        named = next(
            (dc for dc in settings.data_centres.values() if dc.accounts_url == callback.accounts_server), None
        )
    if named is None:
        raise OAuthRefused(
            "The sign-in came back from a server that is not one of Zoho's. Nothing was sent to it."
        )
    if callback.location and callback.location != named.code:
        raise OAuthRefused(
            "The sign-in names two different data centres. Nothing was connected; please start again."
        )
    return named
