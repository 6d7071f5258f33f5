"""Every form, query parameter, header and part of an address, filled with what it is not for: never a fault
of ours (5xx), never what was sent as markup or header of the answer, never the way to another site.

FOYER_FUZZ_CASES sets how many are tried, FOYER_FUZZ_SEED which; without them a few, always the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from redis import Redis
from werkzeug.test import TestResponse

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.access import Access
from gateway.web.csrf import HEADER, csrf_token
from gateway.web.sessions import cookie_name
from tests.security.fuzz_targets import Target, forms_of_page, names_read, schemas_of
from tests.security.multipart_bodies import as_parts, header_text
from tests.security.nasty_values import LARGE, MARK, NASTY, WORST, encoded
from tests.security.test_route_access import places
from tests.security.two_organisations import ORG, TwoOrganisations

CASES = int(os.environ.get("FOYER_FUZZ_CASES") or "800")
SEED = int(os.environ.get("FOYER_FUZZ_SEED") or "1")
SHARES = 4
"""So that several test processes can have a part each."""
SPOILED = (f"<{MARK}", f'" {MARK}=', f"' {MARK}=", "284487")
"""What must not stand in a page as it was sent: an element, attributes, the result of a template."""

OWNERS = {Access.CLIENT: "nora", Access.MERCHANT: "ada", Access.ORGANISATION: "ada"}
WEIGHTS = {"GET": 20, "POST": 30}
"""Methods that an address does not have are tried too, only not as often."""

CONTENT_TYPES = (
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/xml",
    "",
    "x" * 300,
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data; boundary=" + "y" * 5000,
)
HEADERS = (
    "Cookie",
    "Accept",
    "Accept-Language",
    "Referer",
    "Range",
    "If-None-Match",
    "If-Modified-Since",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Authorization",
    "X-HTTP-Method-Override",
    "Origin",
    "User-Agent",
    "Accept-Encoding",
    "X-Requested-With",
    "Content-Length",
)


@dataclass(frozen=True)
class Case:
    """One request. who: whose session. path and query are encoded; files: (field, name, type, content)."""

    who: str
    method: str
    path: str
    query: str = ""
    body: bytes | None = None
    content_type: str = "application/x-www-form-urlencoded"
    headers: tuple[tuple[str, str], ...] = ()


class Portal:
    """Two houses whose stores are put back after whatever a case has changed."""

    def __init__(self, app: Flask, stores: Stores) -> None:
        self.organisations, self.app, self._stores = TwoOrganisations(app), app, stores
        self._stored = [(store, _dump(store)) for store in (stores.records, stores.copies)]
        self.targets = self._targets()
        for store, kept in self._stored:
            _put_back(store, kept)
        self.statuses: dict[int, int] = {}

    def _targets(self) -> list[Target]:
        walked, pages = list(places(self.organisations)), {}
        for place in walked:
            if place.method == "GET" and place.endpoint:
                for who in ("nora", "ada"):
                    answer = getattr(self.organisations, who).ask("GET", place.address)
                    if answer.mimetype == "text/html":
                        pages.update(forms_of_page(answer.get_data(as_text=True)))
        found = []
        for place in walked:
            schemas = schemas_of(self.app.view_functions[place.endpoint]) if place.endpoint else ()
            forms = (pages[place.address],) if place.address in pages else ()
            target = Target(place.method, place.address, OWNERS.get(place.access, ""), schemas, forms)
            found += [target] * (WEIGHTS.get(place.method, 1) if place.endpoint else 1)
        return found

    def send(self, case: Case) -> list[TestResponse]:
        """The answer, and where something was changed the pages that tell of it. A store that kept a busy
        machine waiting is asked anew.
        """
        answers = self._send(case)
        return self._send(case) if any(answer.status_code == 503 for answer in answers) else answers

    def _send(self, case: Case) -> list[TestResponse]:
        browser = self.app.test_client()
        given = list(case.headers)
        if case.who:
            cookie = getattr(self.organisations, case.who).cookie
            with self.app.test_request_context(headers={"Cookie": f"{self._cookie_name}={cookie}"}):
                given.append((HEADER, csrf_token()))
            if not any(name == "Cookie" for name, _ in given):
                browser.set_cookie(self._cookie_name, cookie)
        path, _, usual = case.path.partition("?")
        query = "&".join(item for item in (usual, case.query) if item)
        answer = browser.open(
            path,
            method=case.method,
            query_string=query,
            data=case.body,
            content_type=case.content_type or None,
            headers=given,
            environ_overrides={"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query},
        )
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if case.method in ("GET", "HEAD", "OPTIONS") or answer.status_code >= 400:
            return [answer]
        after = [browser.get(answer.headers["Location"])] if "Location" in answer.headers else []
        if MARK.encode() in (case.body or b""):
            after += [
                self.organisations.nora.ask("GET", "/"),
                self.organisations.ada.ask("GET", f"/merchant/{ORG}/requests"),
            ]
        for store, kept in self._stored:
            _put_back(store, kept)
        return [answer, *after]

    @property
    def _cookie_name(self) -> str:
        with self.app.test_request_context():
            return cookie_name()


def _dump(store: Redis) -> dict[str, bytes]:
    return {key: _raw(store).dump(key) for key in store.scan_iter("*", count=1000)}


def _put_back(store: Redis, kept: dict[str, bytes]) -> None:
    raw = _raw(store)
    pipe = raw.pipeline(transaction=False)
    pipe.flushdb()
    for key, value in kept.items():
        pipe.restore(key, 0, value)
    pipe.execute()


def _raw(store: Redis) -> Redis:
    """The same store without decoding: a dump is no text."""
    options = {**store.connection_pool.connection_kwargs, "decode_responses": False}
    found: Redis = type(store)(host=options["host"], port=options["port"], db=options["db"])
    return found


@pytest.fixture
def portal(settings: Settings, stores: Stores) -> Portal:
    return Portal(create_app(settings), stores)


def cases(portal: Portal) -> st.SearchStrategy[Case]:
    names = names_read()
    queries = pairs(st.one_of(st.sampled_from(sorted(names["args"])), NASTY))
    field_names = sorted(
        names["form"]
        | {name for target in portal.targets for schema in target.schemas for name in schema().load_fields}
    )

    @st.composite
    def one(draw: st.DrawFn) -> Case:
        target = draw(st.sampled_from(portal.targets))
        path = target.address
        if draw(st.integers(0, 9)) == 0:
            parts = path.split("/")
            parts[draw(st.integers(0, len(parts) - 1))] = draw(NASTY)
            path = "/" + "/".join(parts).lstrip("/")
        query = draw(queries) if target.method == "GET" or draw(st.integers(0, 4)) == 0 else ""
        body, content_type = None, "application/x-www-form-urlencoded"
        if target.method not in ("GET", "HEAD", "OPTIONS"):
            body, content_type = draw(bodies(target, field_names, sorted(names["files"])))
        headers = ()
        if draw(st.integers(0, 5)) == 0:
            headers = ((draw(st.sampled_from(HEADERS)), header_text(draw(NASTY))),)
        who = target.who if draw(st.integers(0, 9)) else draw(st.sampled_from(("nora", "ada", "otto", "")))
        return Case(who, target.method, path, query, body, content_type, headers)

    return one()


def pairs(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """name=value&name=value…, names also twice."""
    return st.lists(st.tuples(names, NASTY), max_size=4).map(
        lambda found: "&".join(f"{name}={value}" for name, value in found)
    )


@st.composite
def bodies(draw: st.DrawFn, target: Target, names: list[str], files: list[str]) -> tuple[bytes, str]:
    """A form that is nearly right, with one or two fields as they should not be; now and then something that
    is no form.
    """
    fields = list(draw(target.fields()))
    for _ in range(draw(st.integers(0, 2))):
        what = draw(st.sampled_from(("change", "change", "change", "add", "double", "drop", "large")))
        spot = draw(st.integers(0, max(0, len(fields) - 1)))
        if what == "add" or not fields:
            fields.append((draw(st.one_of(st.sampled_from(names).map(encoded), NASTY)), draw(NASTY)))
        elif what == "drop":
            fields.pop(spot)
        elif what == "double":
            fields.append((fields[spot][0], draw(NASTY)))
        else:
            fields[spot] = (
                fields[spot][0],
                draw(NASTY) if what == "change" else draw(st.sampled_from(LARGE)),
            )
    body = "&".join(f"{name}={value}" for name, value in fields).encode()
    how = draw(st.integers(0, 19))
    if how == 0:
        return body, draw(st.sampled_from(CONTENT_TYPES))
    if how == 1 or (files and how < 8):
        return as_parts(
            fields, draw(st.sampled_from(files or ["file"])), draw(st.sampled_from(PICTURES))
        ), "multipart/form-data; boundary=x"
    return body, "application/x-www-form-urlencoded"


PICTURES = (
    ("logo.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    ("x.svg", "image/svg+xml", f"<svg><{MARK}/></svg>".encode()),
    ("", "", b""),
    ("../../x.pdf", "application/pdf", b"%PDF-1.7\n/JavaScript"),
    ("x\0.png", "text/html", b"<script>"),
    ("a.zip", "application/zip", b"PK\3\4" + b"\0" * 900),
)


def assert_sound(case: Case, answer: TestResponse) -> None:
    where = f"{case} answers {answer.status}"
    assert answer.status_code < 500 or case.path == "/readyz", where
    for name, value in answer.headers.items():
        assert MARK not in name.lower(), where
        assert "\r" not in value and "\n" not in value, where
    if 300 <= answer.status_code < 400:
        parts = urlsplit(answer.headers["Location"])
        assert not parts.netloc and parts.path.startswith("/") and parts.path[1:2] not in ("/", "\\"), (
            f"{where} to {answer.headers['Location']}"
        )
    if answer.mimetype == "text/html":
        page = answer.get_data(as_text=True)
        assert [item for item in SPOILED if item in page] == [], where
        assert f'="javascript:{MARK}' not in page, where
        assert "Traceback" not in page, where
    assert answer.headers["X-Content-Type-Options"] == "nosniff", where


@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_that_is_sent_breaks_the_portal_or_comes_back_as_markup(portal: Portal, share: int) -> None:
    def judge(case: Case) -> None:
        for answer in portal.send(case):
            assert_sound(case, answer)

    run(portal, judge, share=share)
    told, few = portal.statuses, CASES / SHARES / 20
    assert told.get(200, 0) > few and told.get(422, 0) + told.get(303, 0) > few, (
        f"the cases do reach the pages: {told}"
    )


def test_the_worst_values_in_every_field_and_every_parameter_one_after_the_other(portal: Portal) -> None:
    sent = 0
    for case in run_cases(portal):
        for answer in portal.send(case):
            assert_sound(case, answer)
        sent += 1
    assert sent > 400, "the map of routes is not all there"


def run_cases(portal: Portal) -> Iterator[Case]:
    """Each parameter that is read anywhere at each page, all in one address; each field of each form, one in
    a request.
    """
    parameters = sorted(names_read()["args"])
    for target in dict.fromkeys(portal.targets):
        for worst in map(encoded, WORST):
            if target.method == "GET":
                yield Case(
                    target.who, "GET", target.address, "&".join(f"{name}={worst}" for name in parameters)
                )
        for form in target.usual_forms() if target.method == "POST" else ():
            for place in range(len(form)):
                for worst in map(encoded, WORST[: 2 if len(form) > 3 else 4]):
                    pairs = [
                        (encoded(item), worst if at == place else encoded(value))
                        for at, (item, value) in enumerate(form)
                    ]
                    yield Case(
                        target.who,
                        "POST",
                        target.address,
                        body="&".join(f"{pair}={value}" for pair, value in pairs).encode(),
                    )


def run(portal: Portal, judge: Callable[[Case], None], *, share: int) -> None:
    @seed(SEED * SHARES + share)
    @hypothesis_settings(
        max_examples=CASES // SHARES,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(portal))
    def each(case: Case) -> None:
        judge(case)

    each()
