"""Every route × everybody who has no business there: sent to a sign-in, or told there is nothing. Never a foreign word.

The walk goes over the URL map, so a new page is behind the walls, or the test fails, on the day it is added.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from cache.redis_connections import RedisConnections
from config.settings import Settings
from gateway.access import STATIC_ENDPOINTS, Access, access_of
from gateway.app import create_app
from tests.security.two_houses import ESTIMATE, INVOICE, ORG, PAYMENT, SUBSCRIPTION, TELLTALES, Person, TwoHouses

FORM = {"reason": "too late", "email": "thief@x.example", "name": "Thief", "dc": "us", "password": "a quiet harbour"}


@pytest.fixture
def app(settings: Settings, redis: RedisConnections) -> Flask:
    return create_app(settings)


@pytest.fixture
def houses(app: Flask) -> TwoHouses:
    return TwoHouses(app)


def routes(houses: TwoHouses) -> Iterator[tuple[Access | None, str, str, str]]:
    """(access, endpoint, method, address with Nora's and her merchant's ids in it) of every route of ours."""
    values = {
        "estimate_id": ESTIMATE, "invoice_id": INVOICE, "payment_id": PAYMENT, "subscription_id": SUBSCRIPTION,
        "order_id": houses.order.id, "org": ORG,
        "secret": "no-such-invitation-anywhere", "key": "no-such-address-for-webhooks",
        "account_id": houses.wiring.accounts.of_org(ORG)[0].id,
        "letter_id": "1", "person_id": "46000000002001", "contact_id": "46000000001001", "customer_id": "46000000001001",
    }  # fmt: skip
    for rule in houses.app.url_map.iter_rules():
        if rule.endpoint not in STATIC_ENDPOINTS:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                view = houses.app.view_functions[rule.endpoint]
                yield access_of(view), rule.endpoint, method, _address(houses.app, rule, values)


def _address(app: Flask, rule: Rule, values: dict[str, str]) -> str:
    unknown = rule.arguments - values.keys()
    assert not unknown, f"{rule.endpoint} takes {unknown}: teach the walk a value that belongs to Nora"
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


def words_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True) + str(answer.headers)


def assert_tells_nothing(answer: TestResponse, where: str, *also: str) -> None:
    told = [word for word in (*TELLTALES, *also) if word in words_of(answer)]
    assert told == [], f"{where} answers {answer.status} and tells {told}"


def fingerprint(houses: TwoHouses) -> tuple[object, ...]:
    """What nobody but Nora and Ada may change."""
    wiring = houses.wiring
    return (
        wiring.orders.of_org(ORG, 50), wiring.portal_settings.get(ORG), wiring.accounts.of_org(ORG),
        wiring.connections.get(ORG), wiring.letters.recent(ORG, 50), wiring.webhook_doors.of(ORG),
    )  # fmt: skip


def test_without_a_session_every_closed_route_sends_to_a_sign_in(houses: TwoHouses) -> None:
    before = fingerprint(houses)
    for access, endpoint, method, address in routes(houses):
        answer = houses.nobody.ask(method, address, FORM if method != "GET" else None)
        assert_tells_nothing(answer, f"{method} {address}")
        if access is Access.ALL:
            continue
        if method == "GET":
            assert answer.status_code in (303, 401, 404), f"{endpoint} answers a stranger {answer.status}"
        else:
            assert answer.status_code in (400, 403, 404), f"{endpoint} takes a form without a token: {answer.status}"
        if answer.status_code == 303:
            assert answer.headers["Location"].partition("?")[0] in ("/sign-in", "/merchant"), endpoint
    assert fingerprint(houses) == before


@pytest.mark.parametrize("who", ["otto", "bea"])
def test_another_client_meets_nothing_of_hers(houses: TwoHouses, who: str) -> None:
    person: Person = getattr(houses, who)
    before = fingerprint(houses)
    for access, endpoint, method, address in routes(houses):
        if endpoint == "sign_in.leave" or "sign-out" in address:
            continue
        answer = person.ask(method, address, FORM if method != "GET" else None)
        assert_tells_nothing(answer, f"{method} {address} for {who}")
        belongs_to_her = any(part in address for part in (ESTIMATE, INVOICE, PAYMENT, SUBSCRIPTION, houses.order.id))
        if access is Access.CLIENT and belongs_to_her:
            assert answer.status_code == 404, f"{method} {address} answers {who} {answer.status}"
        if access in (Access.MERCHANT, Access.ORGANISATION):
            assert answer.status_code in (303, 404), f"{method} {address} lets a client in: {answer.status}"
    assert fingerprint(houses) == before


def test_another_merchant_meets_nothing_of_this_house(houses: TwoHouses) -> None:
    before = fingerprint(houses)
    for access, _, method, address in routes(houses):
        if "sign-out" in address:
            continue
        answer = houses.jonas.ask(method, address, FORM if method != "GET" else None)
        assert_tells_nothing(answer, f"{method} {address} for another merchant", "Harbour Light")
        if access is Access.ORGANISATION:
            assert answer.status_code == 404, f"{method} {address} answers another merchant {answer.status}"
        if access is Access.CLIENT:
            assert answer.status_code in (303, 401), f"{method} {address} lets a merchant in: {answer.status}"
    assert fingerprint(houses) == before


def test_a_forged_cookie_opens_nothing(houses: TwoHouses) -> None:
    forged = Person(houses.app, "x" * len(houses.nora.cookie))
    for access, _, method, address in routes(houses):
        if method == "GET" and access is not Access.ALL:
            assert forged.ask(method, address).status_code in (303, 401, 404), address


def test_the_words_that_are_looked_for_are_really_there_for_their_owner(houses: TwoHouses) -> None:
    seen = ""
    for access, _, method, address in routes(houses):
        if access is Access.CLIENT and method == "GET" and not address.endswith("/pdf"):
            answer = houses.nora.ask(method, address)
            assert answer.status_code == 200, f"{address} answers its owner {answer.status}"
            seen += words_of(answer)
    assert [word for word in TELLTALES if word not in seen] == []


def test_the_merchant_really_sees_this_house(houses: TwoHouses) -> None:
    seen = ""
    for access, _, method, address in routes(houses):
        if access is Access.ORGANISATION and method == "GET":
            seen += words_of(houses.ada.ask(method, address))
    assert "Harbour Light" in seen
