"""Each page in the reader's language: their own choice, this browser's, the portal's, what the browser asks
for, English.
"""

from __future__ import annotations

import dataclasses

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from cache.records.accounts.merchants import Merchant
from config.languages import LANGUAGES
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.merchant.clients.inviting import invite
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services


def language_of(page: BeautifulSoup) -> tuple[str, str]:
    assert page.html is not None
    return str(page.html["lang"]), str(page.html["dir"])


def test_a_visitor_switches_by_a_link_that_leads_back(visitor: Browser) -> None:
    visitor.get("/sign-in")
    assert language_of(visitor.page) == ("en", "ltr")
    links = {
        str(element["hreflang"]): str(element["href"]) for element in visitor.page.select(".languages a")
    }
    assert list(links) == list(LANGUAGES)
    visitor.get(links["ar"], status=303)
    assert language_of(visitor.get("/sign-in")) == ("ar", "rtl")


def test_the_switch_stands_on_error_pages_too(visitor: Browser) -> None:
    visitor.get("/language/fr", status=303)
    assert language_of(visitor.get("/no-such-page", status=404)) == ("fr", "ltr")
    assert visitor.page.select('.languages a[hreflang="de"]')


def test_a_persons_choice_goes_with_them(nora: Browser, visitor: Browser, app: Flask) -> None:
    nora.get("/")
    nora.send("/language", {"language": "de"})
    assert language_of(nora.get("/")) == ("de", "ltr")
    elsewhere = Browser(app)
    elsewhere.get("/language/fr", status=303)
    elsewhere.sign_in("nora@northwind.example", PASSWORD)
    assert language_of(elsewhere.get("/"))[0] == "de"


def test_the_portals_language_stands_before_the_browsers(nora: Browser, services: Services) -> None:
    services.portal_settings.save(ORG, dataclasses.replace(services.portal_settings.get(ORG), language="es"))
    assert language_of(nora.get("/"))[0] == "es"
    nora.get("/language/fr", status=303)
    assert language_of(nora.get("/"))[0] == "fr"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("de-CH,de;q=0.9", "de"), ("pt-BR,fr;q=0.5,en;q=0.4", "fr"), ("ja", "en"), ("", "en")],
)
def test_a_browser_is_answered_in_the_first_language_it_asks_for(
    app: Flask, seed: Seeding, asked: str, spoken: str
) -> None:
    answer = app.test_client().get("/sign-in", headers={"Accept-Language": asked})
    assert f'<html lang="{spoken}"' in answer.get_data(as_text=True)


def test_a_language_we_do_not_speak_is_no_choice(nora: Browser) -> None:
    nora.get("/language/xx", status=404)
    nora.get("/")
    nora.send("/language", {"language": "xx"}, status=400)
    assert language_of(nora.get("/"))[0] == "en"


def test_another_persons_page_cannot_choose(nora: Browser) -> None:
    nora.post("/language", {"language": "de"}, status=400)
    assert language_of(nora.get("/"))[0] == "en"


@pytest.mark.parametrize(
    ("referrer", "leads_to"),
    [
        ("http://localhost/sign-in?next=/estimates", "/sign-in?next=/estimates"),
        ("http://localhost/no-such-page", "/"),
        ("http://localhost/sign-out", "/"),
        ("http://elsewhere.example/sign-in", "/"),
        ("", "/"),
    ],
)
def test_a_choice_leads_back_only_to_pages_of_ours(
    app: Flask, seed: Seeding, referrer: str, leads_to: str
) -> None:
    answer = app.test_client().get("/language/de", headers={"Referer": referrer})
    assert answer.headers["Location"] == leads_to


def test_language_and_theme_are_kept_with_the_account(nora: Browser, app: Flask) -> None:
    nora.get("/details/look")
    nora.send("/details/look", {"language": "fr", "theme": "dark"})
    page = nora.follow()
    assert page.html is not None and (page.html["lang"], page.html["data-theme"]) == ("fr", "dark")
    elsewhere = Browser(app)
    elsewhere.sign_in("nora@northwind.example", PASSWORD)
    assert elsewhere.get("/").html["data-theme"] == "dark"  # type: ignore[index]
    nora.get("/details/look")
    nora.send("/details/look", {"language": "", "theme": ""})
    page = nora.follow()
    assert page.html is not None and page.html["lang"] == "en" and not page.html.has_attr("data-theme")


def test_before_the_next_sign_in_the_browser_keeps_the_theme(nora: Browser) -> None:
    nora.get("/details/look")
    nora.send("/details/look", {"language": "", "theme": "light"})
    nora.get("/")
    nora.send("/sign-out")
    page = nora.get("/sign-in")
    assert page.html is not None and page.html["data-theme"] == "light"


@pytest.mark.parametrize("wrong", [{"language": "xx", "theme": ""}, {"language": "", "theme": "pink"}])
def test_a_look_that_is_none_is_refused(nora: Browser, wrong: dict[str, str]) -> None:
    nora.get("/details/look")
    nora.send("/details/look", wrong, status=400)


@pytest.mark.parametrize(("zohos", "ours"), [("de", "de"), ("en_gb", "en"), ("pt_br", ""), ("", "")])
def test_an_invited_person_begins_with_the_language_zoho_has_for_the_customer(
    app: Flask, seed: Seeding, services: Services, zohos: str, ours: str
) -> None:
    connection = seed.connect()
    merchant = Merchant(
        id="merchant-1", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=(ORG,)
    )
    person = ContactPerson(
        id="46000000002060",
        contact_id=CUSTOMER,
        first_name="Ivo",
        email="ivo@northwind.example",
        language=zohos,
    )
    with app.test_request_context():
        assert invite(connection, merchant, person, "Northwind").language == ours
        services.accounts.set_preferences(
            services.accounts.by_email("ivo@northwind.example")[0].id, language="fr"
        )
        assert invite(connection, merchant, person, "Northwind").language == "fr", (
            "what they chose meanwhile stays"
        )
