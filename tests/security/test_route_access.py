"""Every route × every method × everybody who has no business there: sent to a sign-in, or told there is
nothing. Never a foreign word, and nothing of the house is changed.

The walk goes over the URL map, so a new page is behind the walls, or the test fails, on the day it is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from redis import Redis
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from cache import keys
from cache.records.portal.portal_settings import PortalSettings
from cache.scope import CustomerScope
from gateway.web.access import STATIC_ENDPOINTS, Access, ClientVisit, access_of, client_only
from gateway.web.csrf import FIELD
from gateway.web.services import services
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER
from tests.security.two_organisations import (
    CREDIT_NOTE,
    ESTIMATE,
    INVOICE,
    NORA_MARKERS,
    ORG,
    PAYMENT,
    SUBSCRIPTION,
    Person,
    TwoOrganisations,
)

FORM = {
    "reason": "too late",
    "email": "thief@x.example",
    "name": "Thief",
    "dc": "us",
    "password": "a quiet harbour",
}
READING, CHANGING = ("GET", "HEAD"), ("POST", "PUT", "PATCH", "DELETE")
METHODS = (*READING, *CHANGING, "OPTIONS")
AS_A_SCRIPT = {"Accept": "application/json", "X-Requested-With": "fetch"}
"""How the pages' own scripts ask: for facts, for parts of pages."""
ASKED = {"invoices.download": {"id": INVOICE}}
"""Endpoint → what its address asks for by parameters: something of Nora's as well."""

HERS = (ESTIMATE, INVOICE, PAYMENT, CREDIT_NOTE, SUBSCRIPTION, "R-")
SIGN_IN_PATHS = ("/sign-in", "/merchant")
"""Where whoever may not is sent."""
OTHERWISE = {"paying.back": 303, "payment_methods.listing": 404}
"""What Nora is answered where it is no page: the way back leads on, and her merchant has no Zoho Billing."""
ITS_OWN_COUNTS = (f":customer:{OTHER_CUSTOMER}:", f":checks:{OTHER_CUSTOMER}", ":seen")
"""Parts of keys that a colleague of the same merchant's clients may change: that they were here, and what is
their own.
"""
OF_CALLS = (":breaker", ":asking:", ":calls:")
"""Parts of keys that count calls to Zoho: whoever may read a page may have it asked for."""


@dataclass(frozen=True)
class Place:
    """One address with Nora's and her merchant's ids in it, and one method. access: None where the address
    has no such method.
    """

    method: str
    address: str
    endpoint: str
    access: Access | None

    @property
    def is_hers(self) -> bool:
        """Whether the address names something of Nora's."""
        return any(part in self.address for part in HERS)

    @property
    def ends_the_walk(self) -> bool:
        """Whether it ends the session of whoever walks."""
        return "sign-out" in self.address

    def header_variants(self) -> tuple[dict[str, str], ...]:
        """Headers of every way to ask for it."""
        return ({}, AS_A_SCRIPT) if self.method == "GET" else ({},)


def places(organisations: TwoOrganisations) -> Iterator[Place]:
    """Every route of ours."""
    values = {
        "estimate_id": ESTIMATE,
        "invoice_id": INVOICE,
        "payment_id": PAYMENT,
        "subscription_id": SUBSCRIPTION,
        "creditnote_id": CREDIT_NOTE,
        "bank_account_id": "46000000009001",
        "batch_id": organisations.batch_id,
        "order_id": organisations.order.id,
        "org": ORG,
        "secret": "no-such-invitation-anywhere",
        "key": "no-such-address-for-webhooks",
        "account_id": organisations.services.accounts.of_org(ORG)[0].id,
        "email_id": "1",
        "colour": "0b6e4f",
        "name": "0" * 40,
        "language": "de",
        "kind": "reset",
        "person_id": "46000000002001",
        "contact_id": "46000000001001",
        "customer_id": "46000000001001",
    }
    rules = [rule for rule in organisations.app.url_map.iter_rules() if rule.endpoint not in STATIC_ENDPOINTS]
    served: dict[str, dict[str, str]] = {}
    for rule in rules:
        served.setdefault(_address(organisations.app, rule, values), {}).update(
            dict.fromkeys(rule.methods or (), rule.endpoint)
        )
    for address, endpoints in served.items():
        for method in METHODS:
            endpoint = endpoints.get(method, "")
            yield Place(
                method,
                address,
                endpoint,
                access_of(organisations.app.view_functions[endpoint]) if endpoint else None,
            )


def _address(app: Flask, rule: Rule, values: dict[str, str]) -> str:
    unknown = rule.arguments - values.keys()
    assert not unknown, f"{rule.endpoint} takes {unknown}: teach the walk a value that belongs to Nora"
    with app.test_request_context():
        return app.url_for(
            rule.endpoint, **{name: values[name] for name in rule.arguments}, **ASKED.get(rule.endpoint, {})
        )


def visible_text(answer: TestResponse) -> str:
    return answer.get_data().decode(errors="replace") + str(answer.headers)


def assert_reveals_nothing(answer: TestResponse, where: str, *also: str) -> None:
    told = [word for word in (*NORA_MARKERS, *also) if word in visible_text(answer)]
    assert told == [], f"{where} answers {answer.status} and tells {told}"


def stored_state(organisations: TwoOrganisations, *, without: tuple[str, ...] = ()) -> dict[str, object]:
    """Everything that is kept of Harbour Light, whatever it is: what no stranger may change."""
    kept: dict[str, object] = {}
    for store in (organisations.services.stores.records, organisations.services.stores.copies):
        for key in store.scan_iter(keys.all_of(ORG), count=1000):
            if not any(part in key for part in (*without, *OF_CALLS)):
                kept[key] = _content(store, key)
    accounts = organisations.services.accounts.of_org(ORG)
    return {**kept, "accounts": accounts, "merchants": organisations.services.merchants.for_org(ORG)}


def _content(store: Redis, key: str) -> object:
    read = {
        "string": store.get,
        "hash": store.hgetall,
        "set": store.smembers,
        "list": lambda name: store.lrange(name, 0, -1),
        "zset": lambda name: store.zrange(name, 0, -1, withscores=True),
        "stream": store.xrange,
    }
    return read[store.type(key)](key)


Allowed = Callable[[Place], tuple[int, ...] | None]
"""Which answers a place may give to somebody, None for any that is no fault of ours."""


def walk(
    organisations: TwoOrganisations,
    who: str,
    person: Callable[[], Person],
    allowed: Allowed,
    *also: str,
    without: tuple[str, ...] = (),
) -> int:
    """Asks every way for every place. Nothing of the house may be told or changed. How many were asked."""
    before, asked = stored_state(organisations, without=without), 0
    for place in places(organisations):
        for headers in () if place.ends_the_walk else place.header_variants():
            where = f"{place.method} {place.address} for {who}"
            answer = person().ask(
                place.method, place.address, FORM if place.method in CHANGING else None, headers=headers
            )
            asked += 1
            assert answer.status_code < 500 or place.endpoint == "health.ready", f"{where}: {answer.status}"
            assert_reveals_nothing(answer, where, *also)
            if place.method == "OPTIONS":
                assert answer.get_data() == b"", where
                continue
            expected = allowed(place) if place.endpoint else (404, 405)
            assert expected is None or answer.status_code in expected, f"{where}: {answer.status}"
            if answer.status_code == 303 and place.method in READING and place.access is not Access.ALL:
                assert answer.headers["Location"].partition("?")[0] in SIGN_IN_PATHS, (
                    f"{where} leads to {answer.headers['Location']}"
                )
    assert stored_state(organisations, without=without) == before
    return asked


def closed(place: Place) -> tuple[int, ...] | None:
    """What somebody without any session gets."""
    if place.access in (Access.ALL, Access.MACHINE):
        return None
    return (303, 401, 404) if place.method in READING else (400,)


def test_without_a_session_every_closed_route_sends_to_a_sign_in(organisations: TwoOrganisations) -> None:
    assert walk(organisations, "nobody", lambda: organisations.nobody, closed) > 400


def test_a_forged_cookie_opens_nothing(organisations: TwoOrganisations) -> None:
    forged = Person(organisations.app, "x" * len(organisations.nora.cookie))
    walk(organisations, "a forged cookie", lambda: forged, closed)


def to_another_client(place: Place) -> tuple[int, ...] | None:
    if place.access is Access.CLIENT and place.is_hers:
        return (404,)
    if place.access in (Access.MERCHANT, Access.ORGANISATION):
        return (303, 404)
    return None


@pytest.mark.parametrize("who", ["otto", "bea"])
def test_another_client_meets_nothing_of_hers(organisations: TwoOrganisations, who: str) -> None:
    person: Person = getattr(organisations, who)
    walk(
        organisations, who, lambda: person, to_another_client, without=ITS_OWN_COUNTS if who == "otto" else ()
    )


def test_another_merchant_meets_nothing_of_this_house(organisations: TwoOrganisations) -> None:
    def allowed(place: Place) -> tuple[int, ...] | None:
        if place.access is Access.ORGANISATION:
            return (404,)
        return (303, 401) if place.access is Access.CLIENT else None

    walk(organisations, "another merchant", lambda: organisations.jonas, allowed, "Harbour Light")


def test_a_revoked_client_meets_nothing_however_many_sessions_are_left(
    organisations: TwoOrganisations,
) -> None:
    organisations.revoke_nora()

    def allowed(place: Place) -> tuple[int, ...] | None:
        return (303, 401) if place.access is not Access.ALL and place.access is not Access.MACHINE else None

    walk(organisations, "a revoked client", organisations.new_nora_session, allowed)


def test_what_her_own_pages_send_does_nothing_in_another_hand(organisations: TwoOrganisations) -> None:
    """Every form of her pages, with what it holds, sent by others with tokens of their own."""
    pages = [
        place for place in places(organisations) if place.access is Access.CLIENT and place.method == "GET"
    ]
    forms = {found for page in pages for found in _forms(organisations, page)}
    assert len(forms) > 5, "her pages do have forms"
    before = stored_state(organisations, without=ITS_OWN_COUNTS)
    for action, fields in sorted(forms):
        for who in ("otto", "bea", "jonas"):
            person: Person = getattr(organisations, who)
            if any(part in action for part in HERS):
                answer = person.ask("POST", action, dict(fields))
                assert_reveals_nothing(answer, f"{action} by {who}")
                assert answer.status_code in ((303, 401) if who == "jonas" else (404,)), (
                    f"{action} by {who}: {answer.status}"
                )
        answer = organisations.nora.ask("POST", action, dict(fields), is_genuine=False)
        assert answer.status_code == 400, f"{action} without a token: {answer.status}"
    assert stored_state(organisations, without=ITS_OWN_COUNTS) == before


def _forms(
    organisations: TwoOrganisations, place: Place
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    page = BeautifulSoup(visible_text(organisations.nora.ask("GET", place.address)), "html5lib")
    for form in page.select("form[method=post]"):
        fields = [
            (str(element["name"]), str(element.get("value", "")))
            for element in form.select("[name]")
            if element["name"] != FIELD
        ]
        yield str(form["action"]), tuple(fields)


def test_the_words_that_are_looked_for_are_really_there_for_their_owner(
    organisations: TwoOrganisations,
) -> None:
    seen = ""
    for place in places(organisations):
        if place.access is Access.CLIENT and place.method == "GET":
            answer = organisations.nora.ask("GET", place.address)
            wanted = OTHERWISE.get(place.endpoint, 200)
            assert answer.status_code == wanted, f"{place.address} answers its owner {answer.status}"
            seen += visible_text(answer)
    assert [word for word in NORA_MARKERS if word not in seen] == []
    assert "%PDF-1.7 for Northwind" in seen


def test_the_merchant_really_sees_this_house(organisations: TwoOrganisations) -> None:
    seen = ""
    for place in places(organisations):
        if place.access is Access.ORGANISATION and place.method == "GET":
            seen += visible_text(organisations.ada.ask("GET", place.address))
    assert "Harbour Light" in seen


def tells() -> object:
    """A route that takes the customer from anywhere but the session."""
    return (
        services()
        .mirror.page(
            CustomerScope(ORG, CUSTOMER), "invoices", sort="date", descending=True, offset=0, limit=9
        )
        .rows[0]
        .body
    )


def changes() -> object:
    services().portal_settings.save(ORG, PortalSettings(banner="taken over"))
    return "saved"


@pytest.mark.parametrize("broken", [tells, changes])
def test_the_walk_catches_a_route_that_tells_or_changes(
    organisations: TwoOrganisations, broken: Callable[[], object]
) -> None:
    @client_only
    def forgotten(visit: ClientVisit) -> str:
        return str(broken())

    organisations.app.add_url_rule("/forgotten", "forgotten", forgotten)
    with pytest.raises(AssertionError):
        walk(organisations, "otto", lambda: organisations.otto, to_another_client, without=ITS_OWN_COUNTS)
