"""A merchant's way through Zoho's consent: begun here, finished at the callback, bound to one browser
session.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cache.records.connections.oauth_states import PendingConsent
from cache.records.sign_in.sessions import Session
from cache.sealing import SealBroken
from connectors.zoho.api.errors import OAuthRefused, ZohoError
from connectors.zoho.api.scopes import scopes_to_request
from connectors.zoho.oauth.authorization_code import (
    Callback,
    Grant,
    code_challenge_of,
    consent_url,
    exchange_code,
    new_code_verifier,
)
from gateway.web.services import services

CALLBACK_PATH = "/merchant/zoho/callback"
CONNECT = "connect"

UNKNOWN_STATE = (
    "This answer from Zoho does not belong to a connection that was begun in this browser, or it is "
    "older than ten minutes. "
    "Nothing was connected."
)
NOT_AGREED = "You did not agree to the connection in Zoho. Nothing was connected."
MAYBE_BILLING = "If Zoho complained about Zoho Billing, connect again without the tick for it."


class FlowRefused(Exception):
    """The connection was not made; the text says why in plain words. Nothing was stored."""


@dataclass(frozen=True)
class FinishedConsent:
    """What a merchant granted, and what for: CONNECT, or "reconnect:<org>". uses_billing: they said so before
    they went to Zoho.
    """

    grant: Grant
    purpose: str
    uses_billing: bool


def redirect_address() -> str:
    """The address registered at Zoho; fixed by the settings, never taken from the request's host header."""
    return services().settings.portal_url + CALLBACK_PATH


def begin(session: Session, dc: str, *, purpose: str = CONNECT, uses_billing: bool = False) -> str | None:
    """The consent page's address in data centre `dc`; None for one this portal does not know.

    Billing's scopes are asked for only from who uses it, where it exists: the consent itself may fail
    otherwise (zoho.md 1.6).
    """
    data_centre = services().settings.data_centres.get(dc)
    if data_centre is None:
        return None
    state, verifier = secrets.token_urlsafe(32), new_code_verifier()
    services().oauth_states.remember(state, session.id, dc, verifier, purpose, uses_billing=uses_billing)
    return consent_url(
        data_centre,
        redirect_uri=redirect_address(),
        state=state,
        code_challenge=code_challenge_of(verifier),
        scopes=_scopes(dc, uses_billing=uses_billing),
    )


def finish(session: Session | None, query: Mapping[str, str]) -> FinishedConsent:
    """The callback's parameters against a grant. Raises FlowRefused.

    The state is checked, and used up, before anything else is looked at; the server that the callback names
    is checked before the client secret is sent anywhere. Whatever becomes of the merchant afterwards, a
    worker ends a grant that no organisation lives on.
    """
    pending = _pending(session, query.get("state", ""))
    if query.get("error"):
        raise FlowRefused(f"{NOT_AGREED} {MAYBE_BILLING}" if pending.uses_billing else NOT_AGREED)
    callback = Callback(
        code=query.get("code", ""),
        location=query.get("location", ""),
        accounts_server=query.get("accounts-server", ""),
    )
    try:
        grant = exchange_code(
            services().settings,
            callback,
            redirect_uri=redirect_address(),
            code_verifier=pending.code_verifier,
            flow_dc=pending.dc,
            requested_scopes=_scopes(pending.dc, uses_billing=pending.uses_billing),
        )
    except OAuthRefused as refusal:
        raise FlowRefused(refusal.reason) from refusal
    except ZohoError as fault:
        raise FlowRefused(
            f"Zoho could not be asked: {fault.reason}. Nothing was connected; please try again in a moment."
        ) from fault
    services().orphaned_grants.keep(grant.dc, grant.refresh_token)
    return FinishedConsent(grant, pending.purpose, pending.uses_billing)


def store_grant(session: Session, finished: FinishedConsent) -> None:
    """Until the merchant has chosen an organisation: sealed, a quarter of an hour."""
    services().pending_grants.put(session.id, json.dumps(asdict(finished)))


def stored_grant(session: Session) -> FinishedConsent | None:
    """The grant this session waits with; None when there is none, when it is too old, or when its key is
    gone.
    """
    try:
        text = services().pending_grants.get(session.id)
    except SealBroken:
        return None
    if text is None:
        return None
    fields = json.loads(text)
    grant = fields.pop("grant")
    return FinishedConsent(grant=Grant(**{**grant, "scopes": tuple(grant["scopes"])}), **fields)


def discard_grant(session: Session) -> None:
    services().pending_grants.drop(session.id)


def _scopes(dc: str, *, uses_billing: bool) -> tuple[str, ...]:
    return scopes_to_request(uses_billing=uses_billing and services().settings.data_centres[dc].has_billing)


def _pending(session: Session | None, state: str) -> PendingConsent:
    pending = services().oauth_states.take(state, session.id if session else "") if state else None
    if pending is None:
        raise FlowRefused(UNKNOWN_STATE)
    return pending
