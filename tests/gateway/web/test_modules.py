"""What a merchant has switched off is gone: from the menu, from every page, and from its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from gateway.web.access import Access, access_of
from gateway.web.modules import MODULES, module_of
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import (
    a_credit_note,
    a_payment,
    a_recurring_invoice,
    an_estimate,
    an_invoice,
)
from tests.gateway.seeding import Seeding

IDS = {
    "estimate_id": "46000000003001",
    "invoice_id": "46000000004001",
    "payment_id": "46000000005001",
    "subscription_id": "46000000006001",
    "creditnote_id": "46000000007001",
}


@pytest.fixture
def filled(seed: Seeding) -> None:
    """A document of each kind, and everything else switched on."""
    seed.has(an_estimate(), an_invoice(), a_payment(), a_recurring_invoice(), a_credit_note())
    seed.settings(may_apply_credit=True)


def addresses(app: Flask, module: str | None) -> Iterator[tuple[str, str]]:
    """(method, address) of every client route of a module; None: of those that are always there and need no
    id of their own.
    """
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if (
            access_of(view) is Access.CLIENT
            and module_of(rule.endpoint) == module
            and rule.arguments <= IDS.keys()
        ):
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: IDS[name] for name in rule.arguments})
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, address


def leads_into(app: Flask, address: str, module: str) -> bool:
    """Whether a link of a page is to a page of this module."""
    try:
        endpoint, _ = app.url_map.bind("x").match(urlsplit(address).path)
    except HTTPException:
        return False
    return module_of(endpoint) == module


def test_every_switch_of_a_module_has_pages_behind_it(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    blueprints = {endpoint.partition(".")[0] for endpoint in endpoints}
    for parts in MODULES.values():
        assert all(part in endpoints | blueprints for part in parts)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_is_off_is_nowhere(
    app: Flask, nora: Browser, seed: Seeding, filled: None, module: str
) -> None:
    seed.settings(**{f"shows_{module}": False})
    inside = list(addresses(app, module))
    assert inside
    for method, address in inside:
        if method == "GET":
            nora.get(address, status=404)
        else:
            nora.post(address, {"csrf_token": _token(nora)}, status=404)
    open_pages = {
        address
        for item in (None, *MODULES)
        if item != module
        for method, address in addresses(app, item)
        if method == "GET"
    }
    for address in sorted(page for page in open_pages if not page.endswith(("/pdf", "/csv", ".json"))):
        nora.get(address, status=nora.status_of(address))
        links = [
            str(element.get("href") or element.get("action"))
            for element in nora.page.select("a[href], form[action]")
        ]
        assert [link for link in links if leads_into(app, link, module)] == [], (
            f"{address} leads into what is switched off"
        )


def test_terms_stand_under_a_document_only_where_the_merchant_shows_them(
    nora: Browser, seed: Seeding, filled: None
) -> None:
    nora.get("/estimates/46000000003001")
    assert "Half in advance." in nora.text
    seed.settings(shows_terms=False)
    nora.get("/estimates/46000000003001")
    assert "Half in advance." not in nora.text and "Thank you for asking us." in nora.text


def test_a_request_about_what_is_switched_off_stays_readable_without_a_way_there(
    app: Flask, nora: Browser, seed: Seeding, filled: None
) -> None:
    nora.get("/invoices/46000000004001")
    nora.send("/invoices/46000000004001/comments", {"text": "Is this the last one?"})
    receipt = nora.answer.headers["Location"]
    seed.settings(shows_invoices=False)
    nora.get(receipt)
    assert [
        element for element in nora.page.select("a") if leads_into(app, str(element["href"]), "invoices")
    ] == []


def test_the_menu_leads_to_the_first_page_about_payments_that_is_there(nora: Browser, seed: Seeding) -> None:
    seed.settings(shows_payments=False)
    nora.get("/")
    assert nora.page.select_one("nav.menu a[href='/statement']")
    seed.settings(shows_statement=False)
    nora.get("/")
    assert "Payments" not in nora.page.select_one("nav.menu").get_text()


def _token(nora: Browser) -> str:
    nora.get("/contact")
    return str(nora.page.select_one("input[name=csrf_token]")["value"])
