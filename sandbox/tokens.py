"""Grant codes, refresh tokens and access tokens of one data centre, with their lifetimes and limits (zoho.md
1.2 to 1.5).
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from sandbox.world import DataCentre, Record, World

CODE_LIFE = 120
ACCESS_LIFE = 3600
REFRESH_TOKENS_PER_USER = 20
REFRESH_TOKENS_PER_MINUTE = 5
REFRESHES_PER_WINDOW = 10
REFRESH_WINDOW = 600
LIVE_ACCESS_TOKENS = 30


class TokenRefused(Exception):
    """The token endpoint's answer is an error: HTTP 200 for most, 400 for the throttle (zoho.md 1.4)."""

    def __init__(self, body: dict[str, str], status: int = 200) -> None:
        super().__init__(body["error"])
        self.body, self.status = body, status


THROTTLED = {
    "error_description": "You have made too many requests continuously. Please try again after some time.",
    "error": "Access Denied",
    "status": "failure",
}


def give_code(world: World, centre: DataCentre, user_id: str, request: Record) -> str:
    """A grant code; `request` holds redirect_uri, scopes, offline, consent, challenge, method."""
    code = _token()
    centre.codes[code] = {**request, "user_id": user_id, "ends": world.clock.seconds() + CODE_LIFE}
    world.touch()
    return code


def exchange_code(world: World, centre: DataCentre, code: str, redirect_uri: str, verifier: str) -> Record:
    """Exchange a code for tokens: {"access_token", "refresh_token"?, "scope", "expires_in"}. Raises
    TokenRefused.

    A code works once, for 2 minutes, with the redirect URL and PKCE verifier of its own flow. A refresh token
    comes only with access_type=offline, and for a user who granted before only with prompt=consent (zoho.md
    1.2). The 6th within a minute is throttled and its code is used up; the 21st deletes the oldest (zoho.md
    1.3).
    """
    grant = centre.codes.pop(code, None)
    world.touch()
    if grant is None or grant["ends"] < world.clock.seconds():
        raise TokenRefused({"error": "invalid_code"})
    if grant["redirect_uri"] != redirect_uri:
        raise TokenRefused({"error": "invalid_redirect_uri"})
    if grant["challenge"] and not _fits(verifier, grant["challenge"], grant["method"]):
        raise TokenRefused({"error": "invalid_code"})
    answer: Record = {}
    mine = [token for token, item in centre.refresh_tokens.items() if item["user_id"] == grant["user_id"]]
    refresh = ""
    if grant["offline"] and (grant["consent"] or not mine):
        _count_refresh_token(world, centre, grant["user_id"])
        for oldest in mine[: max(0, len(mine) - REFRESH_TOKENS_PER_USER + 1)]:
            revoke(world, centre, oldest)
        refresh = _token()
        centre.refresh_tokens[refresh] = {
            "user_id": grant["user_id"],
            "scopes": grant["scopes"],
            "refreshed_at": [],
        }
        answer["refresh_token"] = refresh
    access = _give_access(world, centre, grant["user_id"], grant["scopes"], refresh)
    return {"access_token": access, **answer, "scope": " ".join(grant["scopes"]), "expires_in": ACCESS_LIFE}


def refresh_access(world: World, centre: DataCentre, refresh: str) -> Record:
    """A new access token; no new refresh token.

    The 11th within ten minutes is throttled, which is not the error of a bad token. Raises TokenRefused.
    """
    grant = centre.refresh_tokens.get(refresh)
    if grant is None:
        raise TokenRefused({"error": "invalid_code"})
    now = world.clock.seconds()
    recent = [moment for moment in grant["refreshed_at"] if moment > now - REFRESH_WINDOW]
    if len(recent) >= REFRESHES_PER_WINDOW:
        raise TokenRefused(THROTTLED, 400)
    grant["refreshed_at"] = [*recent, now]
    access = _give_access(world, centre, grant["user_id"], grant["scopes"], refresh)
    return {"access_token": access, "scope": " ".join(grant["scopes"]), "expires_in": ACCESS_LIFE}


def revoke(world: World, centre: DataCentre, token: str) -> bool:
    """Revoke a refresh token with all its access tokens, or one access token; False if unknown."""
    if centre.refresh_tokens.pop(token, None) is not None:
        for access in [key for key, item in centre.access_tokens.items() if item["refresh_token"] == token]:
            del centre.access_tokens[access]
    elif centre.access_tokens.pop(token, None) is None:
        return False
    world.touch()
    return True


def holder(world: World, centre: DataCentre, access: str) -> Record | None:
    """The holder of a live access token of this data centre: {"user_id", "scopes", …}."""
    found = centre.access_tokens.get(access)
    return found if found is not None and found["ends"] > world.clock.seconds() else None


def _count_refresh_token(world: World, centre: DataCentre, user_id: str) -> None:
    now = world.clock.seconds()
    recent = [moment for moment in centre.refresh_tokens_given.get(user_id, []) if moment > now - 60]
    if len(recent) >= REFRESH_TOKENS_PER_MINUTE:
        raise TokenRefused(THROTTLED, 400)
    centre.refresh_tokens_given[user_id] = [*recent, now]


def _give_access(world: World, centre: DataCentre, user_id: str, scopes: list[str], refresh: str) -> str:
    now = world.clock.seconds()
    for dead in [key for key, item in centre.access_tokens.items() if item["ends"] <= now]:
        del centre.access_tokens[dead]
    live = [key for key, item in centre.access_tokens.items() if refresh and item["refresh_token"] == refresh]
    for oldest in live[: max(0, len(live) - LIVE_ACCESS_TOKENS + 1)]:
        del centre.access_tokens[oldest]
    access = _token()
    centre.access_tokens[access] = {
        "user_id": user_id,
        "scopes": scopes,
        "refresh_token": refresh,
        "ends": now + ACCESS_LIFE,
    }
    world.touch()
    return access


def _token() -> str:
    return f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}"


def _fits(verifier: str, challenge: str, method: str) -> bool:
    if method != "S256":
        return secrets.compare_digest(verifier.encode(), challenge.encode())
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return secrets.compare_digest(digest, challenge.encode())
