"""What is true of every answer and every request, over the whole map of routes: headers of trust, tokens on
what changes something, nothing changed by reading, and errors that tell nothing about the inside.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.access import Access, open_to_all
from gateway.web.csrf import FIELD, HEADER, csrf_token
from gateway.web.sessions import cookie_name
from tests.security.test_route_access import CHANGING, FORM, READING, Place, places, stored_state
from tests.security.two_organisations import Person, TwoOrganisations

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = re.compile(
    r"default-src 'none'; script-src 'self'(?: 'nonce-[\w+/=-]{16,}')?; style-src 'self'; img-src "
    r"'self' data:; .*"
)
READ_MARKS = (":seen", ":checks:", "order:read")
"""Parts of keys under which it is kept that somebody was here."""


def owner(organisations: TwoOrganisations, place: Place) -> Person:
    """Who may open the place."""
    return organisations.ada if place.access in (Access.MERCHANT, Access.ORGANISATION) else organisations.nora


def assert_trustworthy(answer: TestResponse, where: str) -> None:
    headers = answer.headers
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED, where
    assert "camera=()" in headers["Permissions-Policy"], where
    policy = headers["Content-Security-Policy"]
    assert POLICY.fullmatch(policy) and "unsafe" not in policy and "*" not in policy, where
    assert all(
        part in policy
        for part in ("base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
    ), where
    is_kept = (
        answer.mimetype == "text/css" and answer.status_code == 200
    )  # a merchant's colours: the address says all
    assert headers["Cache-Control"] == ("public, max-age=31536000, immutable" if is_kept else "no-store"), (
        where
    )
    assert not {"Access-Control-Allow-Origin", "X-Powered-By", "Set-Cookie2"} & set(headers.keys()), where
    for cookie in headers.getlist("Set-Cookie"):
        assert (
            "HttpOnly" in cookie
            and "SameSite=Lax" in cookie
            and "Path=/" in cookie
            and "Domain" not in cookie
        ), where


def test_every_answer_carries_the_headers_of_trust(organisations: TwoOrganisations) -> None:
    for place in places(organisations):
        for person in (owner(organisations, place), organisations.nobody):
            if not place.ends_the_walk and (place.method in READING or person is organisations.nobody):
                assert_trustworthy(person.ask(place.method, place.address), f"{place.method} {place.address}")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no-such-page", 404),
        ("POST", "/no-such-page", 404),
        ("DELETE", "/", 405),
        ("POST", "/sign-in", 400),
    ],
)
def test_every_refusal_carries_them_too(
    organisations: TwoOrganisations, method: str, path: str, status: int
) -> None:
    answer = organisations.nobody.ask(method, path)
    assert answer.status_code == status
    assert_trustworthy(answer, path)


def test_over_https_browsers_are_told_to_stay_there_and_cookies_are_bound_to_the_host(
    settings: Settings, stores: Stores
) -> None:
    client = create_app(dataclasses.replace(settings, portal_url="https://portal.example")).test_client()
    for path in ("/sign-in", "/merchant", "/no-such-page", "/healthz"):
        answer = client.get(path, base_url="https://portal.example")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert cookie.startswith("__Host-") and "Secure" in cookie


def forged(
    organisations: TwoOrganisations, place: Place
) -> Iterator[tuple[str, str, dict[str, str], dict[str, str]]]:
    """(what it is, address, form, headers) of requests that another site could make or somebody could try."""
    others = _token_of(organisations, organisations.otto)
    yield "no token", place.address, {}, {}
    yield "an empty one", place.address, {FIELD: ""}, {HEADER: ""}
    yield "a made-up one", place.address, {FIELD: "0123456789abcdef." + "0" * 64}, {}
    yield "another session's", place.address, {FIELD: others}, {HEADER: others}
    yield (
        "the right one in the address",
        f"{place.address}?{FIELD}={_token_of(organisations, owner(organisations, place))}",
        {},
        {},
    )
    yield (
        "the right one in a cookie",
        place.address,
        {},
        {"Cookie": f"{FIELD}={_token_of(organisations, owner(organisations, place))}"},
    )


def _token_of(organisations: TwoOrganisations, person: Person) -> str:
    with organisations.app.test_request_context():
        name = cookie_name()
    with organisations.app.test_request_context(headers={"Cookie": f"{name}={person.cookie}"}):
        return csrf_token()


def test_whatever_changes_something_needs_a_token_of_its_own_session(organisations: TwoOrganisations) -> None:
    before, tried = stored_state(organisations), 0
    for place in places(organisations):
        if place.method not in CHANGING or not place.endpoint or place.access is Access.MACHINE:
            continue
        for what, address, fields, headers in forged(organisations, place):
            answer = owner(organisations, place).ask(
                place.method, address, {**FORM, **fields}, headers=headers, is_genuine=False
            )
            assert answer.status_code == 400, f"{place.method} {place.address} with {what}: {answer.status}"
            tried += 1
    assert tried > 100
    assert stored_state(organisations) == before


def test_reading_changes_nothing(organisations: TwoOrganisations) -> None:
    """Else a picture on another site, or a program that looks ahead, would press buttons."""
    for place in places(organisations):
        if place.endpoint and place.method not in CHANGING:
            before = stored_state(organisations, without=READ_MARKS)
            owner(organisations, place).ask(place.method, place.address)
            assert stored_state(organisations, without=READ_MARKS) == before, (
                f"{place.method} {place.address} changes something"
            )


@pytest.mark.parametrize(
    "fault",
    [RuntimeError("password=hunter2 at /srv/foyer/app.py"), KeyError("refresh_token"), RecursionError("x")],
)
def test_a_fault_of_ours_tells_nothing_about_the_inside(
    settings: Settings, stores: Stores, fault: Exception
) -> None:
    def broken() -> str:
        raise fault

    app = create_app(settings)
    app.view_functions["sign_in.show"] = open_to_all(broken)
    answer = app.test_client().get("/sign-in")
    assert answer.status_code == 500
    words = answer.get_data(as_text=True) + str(answer.headers)
    assert not [
        item
        for item in (
            "hunter2",
            "/srv/",
            "refresh_token",
            "Traceback",
            type(fault).__name__,
            "Werkzeug",
            "Flask",
        )
        if item in words
    ]
    assert_trustworthy(answer, "a fault of ours")
