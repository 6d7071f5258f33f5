"""The token endpoint, both revocation endpoints, and the list of accounts servers (zoho.md 1.1 to 1.5)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from sandbox import tokens
from sandbox.runtime import Place, place
from sandbox.tokens import TokenRefused

token_endpoint = Blueprint("token_endpoint", __name__)


@token_endpoint.post("/oauth/v2/token")
def token() -> Response:
    """grant_type=authorization_code or refresh_token. Errors come with HTTP 200, the throttle with 400
    (zoho.md 1.4).
    """
    here, asked = place(), request.values
    _check_client(here, asked.get("client_id", ""), asked.get("client_secret", ""))
    if asked.get("grant_type") == "authorization_code":
        grant = tokens.exchange_code(
            here.world,
            here.centre,
            asked.get("code", ""),
            asked.get("redirect_uri", ""),
            asked.get("code_verifier", ""),
        )
    elif asked.get("grant_type") == "refresh_token":
        grant = tokens.refresh_access(here.world, here.centre, asked.get("refresh_token", ""))
    else:
        raise TokenRefused({"error": "unsupported_grant_type"})
    return jsonify({**grant, "api_domain": here.origin, "token_type": "Bearer"})


@token_endpoint.post("/oauth/v2/token/revoke")
def revoke() -> tuple[Response, int]:
    """The older endpoint: the token alone is enough."""
    here = place()
    if not tokens.revoke(here.world, here.centre, request.values.get("token", "")):
        return jsonify({"error": "invalid_token"}), 400
    return jsonify({"status": "success"}), 200


@token_endpoint.post("/oauth/v2/revoke/token")
def revoke_with_client() -> tuple[Response, int]:
    """The newer endpoint: HTTP Basic client authentication, `token` and `token_type` (zoho.md 1.5)."""
    here, client = place(), request.authorization
    if client is None or client.type != "basic":
        raise TokenRefused({"error": "invalid_client"}, 401)
    _check_client(here, client.username or "", client.password or "")
    if not tokens.revoke(here.world, here.centre, request.values.get("token", "")):
        return jsonify({"error": "invalid_token"}), 400
    return jsonify({"status": "success"}), 200


@token_endpoint.get("/oauth/serverinfo")
def server_info() -> Response:
    """Which accounts server belongs to which location."""
    return jsonify({"result": "success", "locations": place().runtime.origins})


def _check_client(here: Place, client_id: str, secret: str) -> None:
    if client_id != f"foyer-sandbox-{here.dc}":
        raise TokenRefused({"error": "invalid_client"})
    if secret != f"sandbox-secret-{here.dc}":
        raise TokenRefused({"error": "invalid_client_secret"})
