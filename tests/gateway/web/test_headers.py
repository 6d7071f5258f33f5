"""What every answer says about trust."""

from __future__ import annotations

import dataclasses

from flask import Flask

from cache.stores import Stores
from config.data_centres import DataCentre
from config.settings import Settings
from gateway.app import create_app
from gateway.web.headers import content_security_policy


def test_only_our_own_files_and_nothing_inline() -> None:
    policy = content_security_policy()
    assert (
        "default-src 'none'" in policy and "script-src 'self'" in policy and "form-action 'self';" in policy
    )
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def test_consent_forms_may_lead_to_the_configured_accounts_servers_and_only_from_merchants_pages(
    settings: Settings, stores: Stores
) -> None:
    centre = DataCentre(
        code="eu",
        name="Europe",
        accounts_url="https://accounts.zoho.example",
        api_url="https://api.zoho.example",
        client_id="a",
        client_secret="b",
    )
    client = create_app(dataclasses.replace(settings, data_centres={"eu": centre})).test_client()
    assert (
        "form-action 'self' https://accounts.zoho.example;"
        in client.get("/merchant").headers["Content-Security-Policy"]
    )
    assert "accounts.zoho.example" not in client.get("/sign-in").headers["Content-Security-Policy"]


def test_over_https_the_cookie_is_bound_to_the_host_and_the_browser_told_to_stay(
    settings: Settings, stores: Stores
) -> None:
    client = create_app(dataclasses.replace(settings, portal_url="https://portal.example")).test_client()
    answer = client.get("/sign-in", base_url="https://portal.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookie = answer.headers["Set-Cookie"]
    assert (
        cookie.startswith("__Host-foyer=")
        and "Secure" in cookie
        and "HttpOnly" in cookie
        and "Domain" not in cookie
    )


def test_our_own_files_may_be_kept_as_long_as_their_address_names_their_content(app: Flask) -> None:
    with app.test_request_context():
        address = app.url_for("static", filename="foyer.css")
    assert "?v=" in address
    for path, is_kept in ((address, True), ("/static/foyer.css", False)):
        with app.test_client().get(path) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) is is_kept


def test_every_file_a_page_names_is_there(app: Flask) -> None:
    client = app.test_client()
    for path in ("/static/foyer.css", "/static/foyer.svg", "/bootstrap/static/css/bootstrap.min.css"):
        with client.get(path) as answer:
            assert answer.status_code == 200
