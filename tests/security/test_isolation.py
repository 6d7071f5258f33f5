"""Zoho may answer with everybody's documents where one customer's were asked for (zoho.md 2.5): none reaches
an index, a page or an answer of another customer.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
import requests

from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import BillingUse
from cache.scope import CustomerScope
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services

EVERY_LIST = [
    "estimates",
    "invoices",
    "payments",
    "credit_notes",
    "recurring_invoices",
    "subscriptions",
    "billing_invoices",
    "contacts",
]
NUMBERED = {"estimates": "estimate_number", "invoices": "invoice_number"}
LINKED = ("estimates", "invoices", "payments", "subscriptions")
PAGES = ("/", "/estimates", "/invoices", "/payments", "/subscriptions", "/requests", "/details", "/contact")


def owner_of(body: dict[str, Any]) -> str:
    return str(body.get("customer_id") or body["customer"]["customer_id"])


class DeafZoho:
    """A portal whose Zoho ignores `customer_id` in every list, after whole syncs."""

    def __init__(self, settings: Settings, stores: Stores, sandbox: SandboxServer) -> None:
        self.sandbox, self.app = sandbox, create_app(settings)
        self.services: Services = build_services(settings)
        self.org = connect_merchant(settings, stores, uses_billing=True)
        self.organization_id = self.org.partition("-")[2]
        told = {"organization_id": self.organization_id, "ignores_customer_filter": EVERY_LIST}
        requests.post(f"{sandbox.origin('us')}/_sandbox/settings", json=told, timeout=60).raise_for_status()
        (billing,) = [
            organization
            for organization in self.services.zoho.billing_organizations(self.org)
            if organization.name == "Harbour Light Studio"
        ]
        self.services.connections.save_billing(self.org, BillingUse.FOUND, billing_organization_id=billing.id)
        for _ in range(4):
            self.services.sync_states.expedite(self.org)
            pull_organisation(self.org, self.services)

    def truth(self, kind: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.sandbox.state(
            organization_id=self.organization_id, kind=kind
        )[self.organization_id][kind]
        return found

    def some_clients(self, count: int) -> list[tuple[str, Browser]]:
        """(customer, signed-in browser) of the customers with most invoices that share a currency or not."""
        owners = [record["customer_id"] for record in self.truth("invoices").values()]
        busiest = sorted(set(owners), key=lambda one: (-owners.count(one), one))[:count]
        seed, clients = Seeding(self.app.extensions[EXTENSION]), []
        for number, customer in enumerate(busiest):
            seed.client(
                customer, f"9900{number}", email=f"c{number}@x.example", name=f"Client {number}", org=self.org
            )
            browser = Browser(self.app)
            browser.sign_in(f"c{number}@x.example", PASSWORD)
            clients.append((customer, browser))
        return clients


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Whole syncs, one after the other, are not held up by the minute's calls."""
    return dataclasses.replace(settings, zoho_calls_per_minute=10_000, zoho_billing_calls_per_minute=10_000)


@pytest.fixture
def zoho(settings: Settings, stores: Stores, sandbox: SandboxServer) -> DeafZoho:
    return DeafZoho(settings, stores, sandbox)


def test_no_index_of_the_mirror_holds_another_customers_row(zoho: DeafZoho) -> None:
    customers = set(zoho.truth("contacts"))
    for kind in ("estimates", "invoices", "payments", "credit_notes", "subscriptions"):
        owner = {item: owner_of(body) for item, body in zoho.truth(kind).items()}
        shown = 0
        for customer in customers:
            page = zoho.services.mirror.page(
                CustomerScope(zoho.org, customer), kind, sort="date", descending=True, offset=0, limit=1000
            )
            assert all(owner[row.id] == customer for row in page.rows), f"{kind} of {customer}"
            shown += len(page.rows)
        assert shown == len(owner), f"every one of the {kind} has its place"


def test_no_page_of_a_client_names_another_customers_documents(zoho: DeafZoho) -> None:
    owners = {kind: {item: owner_of(body) for item, body in zoho.truth(kind).items()} for kind in LINKED}
    numbers = {
        body[name]: body["customer_id"]
        for kind, name in NUMBERED.items()
        for body in zoho.truth(kind).values()
    }
    seen = 0
    for customer, browser in zoho.some_clients(2):
        for page in PAGES:
            browser.get(page)
            html = browser.answer.get_data(as_text=True)
            for kind, key in re.findall(r"/(estimates|invoices|payments|subscriptions)/(\d+)", html):
                assert owners[kind][key] == customer, f"{page} of {customer} links to {kind} {key}"
                seen += 1
            named = {number for number in numbers if number in browser.text}
            assert {numbers[number] for number in named} <= {customer}, f"{page} of {customer} names {named}"
    assert seen > 100, "the pages do show documents"


def test_a_foreign_document_is_absent_also_where_zoho_would_hand_it_out(zoho: DeafZoho) -> None:
    (one, browser), (other, _) = zoho.some_clients(2)
    for kind in LINKED:
        foreign = [key for key, body in zoho.truth(kind).items() if owner_of(body) == other]
        for key in foreign[:2]:
            browser.get(f"/{kind}/{key}", status=404)
            if kind in ("estimates", "invoices"):
                browser.get(f"/{kind}/{key}/pdf", status=404)
    assert one != other


def test_what_is_asked_of_zoho_for_one_customer_is_sifted_before_anybody_sees_it(zoho: DeafZoho) -> None:
    (customer, _), _ = zoho.some_clients(2)
    books = OrganisationClients(zoho.services.zoho, zoho.org, CallClass.PERSON).books
    everything = books.invoices.list_page(1).rows
    mine = books.invoices.list_page(1, customer_id=customer).rows
    assert {item.customer_id for item in everything} > {customer}
    assert {item.customer_id for item in mine} == {customer}
