"""The consent page: a person chooses a user, and allows or denies (zoho.md 1.2)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sandbox import tokens
from sandbox.accounts.scopes import meaning
from sandbox.runtime import place

consent = Blueprint("consent", __name__)
ASKED = (
    "scope",
    "client_id",
    "response_type",
    "redirect_uri",
    "access_type",
    "prompt",
    "state",
    "code_challenge",
    "code_challenge_method",
)


@consent.get("/oauth/v2/auth")
def ask() -> ResponseReturnValue:
    """Show the page. A wrong client, URL or scope is reported here and never sent to the redirect URL."""
    wrong = _what_is_wrong(request.args)
    if wrong:
        return render_template("accounts/refused.html", reason=wrong), 400
    here = place()
    people = [(dc, user) for dc, centre in here.world.data_centres.items() for user in centre.users.values()]
    people.sort(key=lambda one: one[0] != here.dc)
    return render_template(
        "accounts/consent.html",
        asked={name: request.args.get(name, "") for name in ASKED},
        here=here.dc,
        people=people,
        meanings=[meaning(scope) for scope in _scopes(request.args)],
    )


@consent.post("/oauth/v2/auth")
def decide() -> ResponseReturnValue:
    """Redirect back: with a code and the data centre of the person's account, or with an error."""
    wrong = _what_is_wrong(request.form)
    if wrong:
        return render_template("accounts/refused.html", reason=wrong), 400
    here, back = place(), request.form["redirect_uri"]
    state = {"state": request.form["state"]} if request.form.get("state") else {}
    if request.form.get("decision") != "allow":
        return redirect(f"{back}?{urlencode({'error': 'access_denied', **state})}")
    dc, _, user_id = request.form.get("person", "").partition(":")
    centre = here.world.data_centres.get(dc)
    if centre is None or user_id not in centre.users:
        return render_template("accounts/refused.html", reason="Choose the person who signs in."), 400
    code = tokens.give_code(
        here.world,
        centre,
        user_id,
        {
            "redirect_uri": back,
            "scopes": _scopes(request.form),
            "offline": request.form.get("access_type") == "offline",
            "consent": request.form.get("prompt") == "consent",
            "challenge": request.form.get("code_challenge", ""),
            "method": request.form.get("code_challenge_method", ""),
        },
    )
    parameters = {"code": code, **state, "location": dc, "accounts-server": here.runtime.origins[dc]}
    return redirect(f"{back}?{urlencode(parameters)}")


def _what_is_wrong(asked: Any) -> str:
    here, scopes = place(), _scopes(asked)
    if asked.get("client_id") != f"foyer-sandbox-{here.dc}":
        return "Invalid Client ID: this client is not registered in this data centre."
    if asked.get("redirect_uri") not in here.runtime.redirect_addresses:
        return "Invalid Redirect Uri: it does not match the address registered for this client."
    if asked.get("response_type") != "code":
        return "Invalid Response Type: only code is served."
    if not scopes or any(meaning(scope) is None for scope in scopes):
        return "Invalid OAuth Scope: a scope was asked for that does not exist."
    return ""


def _scopes(asked: Any) -> list[str]:
    return [scope for scope in str(asked.get("scope", "")).replace(" ", ",").split(",") if scope]
