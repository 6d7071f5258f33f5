"""Links to one document: made by a client, opened by anybody who has one, and closed by whatever takes away
why it was allowed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from flask import Flask
from redis import Redis

from cache.hashes import hash_of
from cache.records.accounts.merchants import Merchant
from cache.records.accounts.team import MerchantRole
from cache.records.connections.connection import ConnectionState
from cache.records.sharing import keys as sharing_keys
from cache.records.sharing.shared_links import LIFE, MAX_OPEN
from cache.records.sign_in.client_views import ClientView
from cache.scope import CustomerScope
from gateway.merchant.clients.client_data import erase, export_client_data
from gateway.merchant.clients.inviting import revoke
from gateway.web.sessions import cookie_name
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, PERSON, an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

ESTIMATE, INVOICE = an_estimate(), an_invoice()
FOREIGN = an_estimate("46000000003777", customer_id=OTHER_CUSTOMER)
PAGES = (f"/estimates/{ESTIMATE.id}", f"/invoices/{INVOICE.id}")
PAGE = PAGES[0]
LINKS = f"{PAGE}/links"
OF_NORA = CustomerScope(ORG, CUSTOMER)
CLOSED = "This link does not work"


@pytest.fixture(autouse=True)
def documents(seed: Seeding, services: Services) -> None:
    seed.has(ESTIMATE, INVOICE, FOREIGN)
    for kind, document in (("estimates", ESTIMATE), ("invoices", INVOICE)):
        services.pdfs.put(
            ORG, kind, document.id, document.version, b"%PDF-1.7 of " + document.number.encode()
        )
    seed.settings(may_share_links=True, portal_name="Harbour Light Studio")


def made(browser: Browser, page: str = PAGE) -> str:
    """The way to what a new link opens."""
    browser.get(f"{page}/links")
    address = browser.send(f"{page}/links", status=200).select_one("code").get_text()
    return "/shared/" + address.rpartition("/")[2]


def assert_closed(visitor: Browser, way: str) -> None:
    """One and the same page as for a secret that never was."""
    visitor.get("/shared/no-such-secret-anywhere", status=404)
    unknown = visitor.answer.get_data(as_text=True)
    for address in (way, f"{way}/pdf"):
        visitor.get(address, status=404)
        assert CLOSED in visitor.text and visitor.answer.get_data(as_text=True) == unknown


@pytest.mark.parametrize(
    ("page", "number"), [(PAGES[0], ESTIMATE.number), (PAGES[1], INVOICE.number)], ids=["estimate", "invoice"]
)
def test_whoever_has_the_link_reads_that_document_as_often_as_they_like_and_nothing_else(
    nora: Browser, visitor: Browser, page: str, number: str
) -> None:
    nora.get(page)
    assert nora.page.find("a", href=f"{page}/links")
    way = made(nora, page)
    for _ in range(2):
        shown = visitor.get(way)
        assert (
            number in shown.h1.get_text() and "Subtotal" in visitor.text and shown.select_one("[data-as-of]")
        )
    assert shown.select_one("header .brand-name").get_text() == "Harbour Light Studio" and not shown.select(
        "nav.menu, form"
    )
    leads = {
        str(element["href"])
        for element in shown.select("a[href]")
        if not str(element["href"]).startswith("/language")
    }
    assert leads == {"#content", f"{way}/pdf"}
    assert shown.select_one("[class^=badge-]").get_text() in ("Waiting for you", "Unpaid")
    assert shown.find("meta", attrs={"name": "robots", "content": "noindex"})
    assert "nora" not in visitor.answer.get_data(as_text=True).lower()


def test_the_pdf_of_the_link_is_that_documents(app: Flask, nora: Browser) -> None:
    way = made(nora)
    answer = app.test_client().get(f"{way}/pdf")
    assert answer.status_code == 200 and answer.get_data() == b"%PDF-1.7 of " + ESTIMATE.number.encode()
    assert answer.headers["X-Robots-Tag"] == "noindex" and answer.headers["Cache-Control"] == "no-store"


def test_the_switch_is_a_wall_before_the_page_the_making_and_what_was_made(
    nora: Browser, visitor: Browser, seed: Seeding
) -> None:
    way = made(nora)
    token = {"csrf_token": str(nora.page.select_one("input[name=csrf_token]")["value"])}
    seed.settings(may_share_links=False)
    for page in PAGES:
        nora.get(page)
        assert not nora.page.find("a", href=f"{page}/links")
        nora.get(f"{page}/links", status=404)
        nora.post(f"{page}/links", token, status=404)
        nora.post(f"{page}/links/revoke", {**token, "link": "0" * 64}, status=404)
    assert_closed(visitor, way)


def out(seed: Seeding, services: Services) -> None:
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None
    services.accounts.save(dataclasses.replace(account, roles=frozenset()))


def moved(seed: Seeding, services: Services) -> None:
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None
    services.accounts.save(dataclasses.replace(account, customer_id=OTHER_CUSTOMER))


ENDS: dict[str, Callable[[Seeding, Services], object]] = {
    "module off": lambda seed, services: seed.settings(shows_estimates=False),
    "maker revoked": lambda seed, services: seed.revoke(f"account-{PERSON}"),
    "maker may not see": out,
    "maker moved to another customer": moved,
    "disconnected": lambda seed, services: seed.connect(state=ConnectionState.DISCONNECTED),
    "draft again": lambda seed, services: seed.has(an_estimate(status="draft")),
    "another customer's now": lambda seed, services: seed.has(an_estimate(customer_id=OTHER_CUSTOMER)),
    "organisation gone": lambda seed, services: services.stores.records.delete(f"o:{{{ORG}}}:connection"),
}


@pytest.mark.parametrize("what", ENDS)
def test_it_ends_with_whatever_allowed_it(
    nora: Browser, visitor: Browser, seed: Seeding, services: Services, what: str
) -> None:
    way = made(nora)
    visitor.get(way)
    ENDS[what](seed, services)
    assert_closed(visitor, way)


def test_it_runs_out(nora: Browser, visitor: Browser, services: Services) -> None:
    way = made(nora)
    records, key = services.stores.records, sharing_keys.shared_link(hash_of(way.rpartition("/")[2]))
    assert LIFE.total_seconds() - 60 < records.ttl(key) <= LIFE.total_seconds()
    records.expire(key, 0)
    assert_closed(visitor, way)
    assert services.shared_links.of_document(OF_NORA, "estimates", ESTIMATE.id) == []


def test_a_colleague_revokes_it_and_the_activity_tells_both(
    nora: Browser, visitor: Browser, seed: Seeding, services: Services
) -> None:
    way, other = made(nora), made(nora)
    seed.client(CUSTOMER, "46000000002009", email="pia@northwind.example", name="Pia Lund")
    pia = Browser(nora.app)
    pia.sign_in("pia@northwind.example", "a quiet harbour at dawn")
    pia.get(LINKS)
    assert pia.text.count("Made by Nora West") == 2 and "Works until" in pia.text
    link = hash_of(way.rpartition("/")[2])
    for _ in range(2):
        pia.post(
            f"{LINKS}/revoke",
            {"csrf_token": str(pia.form(f"{LINKS}/revoke").find("input")["value"]), "link": link},
        )
        pia.get(LINKS)
    assert_closed(visitor, way)
    visitor.get(other)
    assert [item.event for item in services.activity.recent(ORG, 9) if "link" in item.event] == [
        "link_revoked",
        "link_made",
        "link_made",
    ]
    nora.get("/activity")
    assert f"Document {ESTIMATE.number}" in nora.text and "Pia Lund revoked a link to it" in nora.text
    nora.get("/activity?show=words")
    assert "revoked a link" not in nora.text


def test_nobody_shares_what_is_not_theirs_or_revokes_anothers_link(
    nora: Browser, otto: Browser, visitor: Browser, services: Services
) -> None:
    way = made(nora)
    nora.get(LINKS)
    token = {"csrf_token": str(nora.page.select_one("input[name=csrf_token]")["value"])}
    nora.get(f"/estimates/{FOREIGN.id}/links", status=404)
    nora.post(f"/estimates/{FOREIGN.id}/links", token, status=404)
    otto.get(LINKS, status=404)
    otto.get(f"/estimates/{FOREIGN.id}/links")
    own = {
        "csrf_token": str(otto.page.select_one("input[name=csrf_token]")["value"]),
        "link": hash_of(way.rpartition("/")[2]),
    }
    otto.post(f"{LINKS}/revoke", own, status=404)
    otto.post(f"/estimates/{FOREIGN.id}/links/revoke", own)
    assert not services.shared_links.end(
        CustomerScope(ORG, OTHER_CUSTOMER), "estimates", ESTIMATE.id, own["link"]
    )
    assert not services.shared_links.end(
        CustomerScope("eu-700456", CUSTOMER), "estimates", ESTIMATE.id, own["link"]
    )
    assert (
        services.shared_links.of_document(CustomerScope("eu-700456", CUSTOMER), "estimates", ESTIMATE.id)
        == []
    )
    nora.post(f"{LINKS}/revoke", {**token, "link": "not-a-hash"}, status=400)
    visitor.get(way)


def test_a_person_let_in_again_does_not_bring_old_links_back(
    app: Flask, nora: Browser, visitor: Browser, seed: Seeding, services: Services
) -> None:
    way, connection, account = (
        made(nora),
        services.connections.get(ORG),
        services.accounts.by_person(ORG, PERSON),
    )
    assert connection is not None and account is not None
    with app.test_request_context():
        revoke(
            connection,
            Merchant(id="ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=(ORG,)),
            account,
        )
    seed.client(CUSTOMER, PERSON, email=account.email, name=account.name)
    assert_closed(visitor, way)


def test_erasing_somebody_hands_out_and_ends_their_links(
    nora: Browser, visitor: Browser, services: Services
) -> None:
    way, account = made(nora), services.accounts.by_person(ORG, PERSON)
    assert account is not None
    assert [
        document["document_id"] for document in export_client_data(services, account)["links_to_documents"]
    ] == [ESTIMATE.id]
    erase(services, account, dry_run=False)
    assert services.shared_links.of_account(account.id) == []
    assert_closed(visitor, way)


def test_the_secret_stands_nowhere_and_is_told_once(nora: Browser, services: Services) -> None:
    secret = made(nora).rpartition("/")[2]
    assert len(secret) >= 43
    for address in (services.settings.redis_url, services.settings.cache_redis_url):
        # Bytes: what RQ keeps is no text.
        with Redis.from_url(address) as store:
            assert [
                key for key in store.scan_iter(count=1000) if secret.encode() in key + _content(store, key)
            ] == []
    nora.get(LINKS)
    assert secret not in nora.answer.get_data(as_text=True) and "Made by Nora West" in nora.text


def _content(store: Redis, key: bytes) -> bytes:
    read = {
        b"string": store.get,
        b"hash": store.hgetall,
        b"set": store.smembers,
        b"list": lambda one: store.lrange(one, 0, -1),
        b"zset": lambda one: store.zrange(one, 0, -1),
        b"stream": store.xrange,
    }
    return str(read[store.type(key)](key)).encode()


def test_of_one_document_there_are_only_so_many(nora: Browser, services: Services) -> None:
    for _ in range(MAX_OPEN):
        services.shared_links.make(OF_NORA, "estimates", ESTIMATE.id, f"account-{PERSON}")
    nora.get(LINKS)
    nora.send(LINKS, status=422)
    assert "Revoke one first" in nora.text and not nora.page.select("code")


def test_a_merchant_who_looks_as_the_client_makes_none(app: Flask, nora: Browser, services: Services) -> None:
    services.merchants.save(
        Merchant(id="ada", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=(ORG,))
    )
    services.team.give(ORG, "ada", MerchantRole.OWNER)
    cookie, session = services.sessions.start("merchant", "ada", "")
    services.client_views.start(session.id, ClientView(ORG, CUSTOMER, PERSON))
    ada = app.test_client()
    with app.test_request_context():
        ada.set_cookie(cookie_name(), cookie)
    looked = ada.get(PAGE)
    assert looked.status_code == 200 and LINKS not in looked.get_data(as_text=True)
    assert ada.get(LINKS).status_code == 403 and ada.post(LINKS).status_code in (400, 403)
    assert services.shared_links.of_document(OF_NORA, "estimates", ESTIMATE.id) == []


def test_a_document_that_cannot_be_had_now_is_said_to_be_on_its_way_without_a_menu(
    nora: Browser, visitor: Browser, services: Services, seed: Seeding
) -> None:
    way = made(nora)
    seed.connect(state=ConnectionState.RECONNECT_NEEDED)
    services.stores.copies.flushdb()
    visitor.get(way, status=202)
    assert "Being fetched" in visitor.text and not visitor.page.select("nav.menu")
