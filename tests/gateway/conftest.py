"""A portal over real Redis stores, with two customers of one organisation, and browsers that judge every
page.
"""

from __future__ import annotations

from typing import cast

import pytest
from flask import Flask

from cache.records.accounts.merchants import Merchant
from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from gateway.web.sessions import cookie_name
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, OTHER_EMAIL = "nora@northwind.example", "otto@southgate.example"


@pytest.fixture
def app(settings: Settings, stores: Stores) -> Flask:
    return create_app(settings)


@pytest.fixture
def services(app: Flask) -> Services:
    return cast(Services, app.extensions[EXTENSION])


@pytest.fixture
def seed(services: Services) -> Seeding:
    """An organisation whose first sync has gone through, with two customers and one client of each."""
    seeding = Seeding(services)
    seeding.connect()
    seeding.client(CUSTOMER, PERSON, email=EMAIL, name="Nora West")
    seeding.client(OTHER_CUSTOMER, "46000000002002", email=OTHER_EMAIL, name="Otto South")
    seeding.has(a_customer(), a_customer(OTHER_CUSTOMER, name="Southgate Ltd", company_name="Southgate Ltd"))
    seeding.synced()
    return seeding


@pytest.fixture
def visitor(app: Flask, seed: Seeding) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app)


@pytest.fixture
def nora(app: Flask, seed: Seeding) -> Browser:
    """The client of the first customer, signed in."""
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    return browser


@pytest.fixture
def owner(app: Flask, seed: Seeding, services: Services) -> Browser:
    """The merchant who looks after the organisation, signed in; nobody asks Zoho."""
    services.merchants.save(
        Merchant(id="ada", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=(ORG,))
    )
    browser = Browser(app)
    cookie, _ = services.sessions.start("merchant", "ada", "")
    with app.test_request_context():
        browser.set_cookie(cookie_name(), cookie)
    return browser


@pytest.fixture
def otto(app: Flask, seed: Seeding) -> Browser:
    """The client of the second customer, signed in."""
    browser = Browser(app)
    browser.sign_in(OTHER_EMAIL, PASSWORD)
    return browser
