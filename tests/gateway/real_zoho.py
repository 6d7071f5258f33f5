"""Clients of an organisation that is connected to the sandbox through the real pages, with the sandbox's own
documents.
"""

from __future__ import annotations

from flask import Flask

from cache.records.orders.order import Order
from connectors.zoho.documents.contact import Contact
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services

STUDIO = "Harbour Light Studio"
EMAIL, COLLEAGUE = "lena@brightwater.example", "colleague@brightwater.example"
LISTS = ("contacts", "estimates", "invoices", "payments", "credit_notes", "subscriptions")


class RealZoho:
    """What the sandbox has, and clients of any of its customers. truth: kind → id → document."""

    def __init__(self, app: Flask, services: Services, sandbox: SandboxServer, org: str) -> None:
        self.app, self.services, self.sandbox, self.org = app, services, sandbox, org
        self.organization_id = org.partition("-")[2]
        self.truth = sandbox.state(organization_id=self.organization_id)[self.organization_id]
        self.books, self.billing = services.zoho.books(org), services.zoho.billing(org)

    def client_of(self, customer_id: str) -> Browser:
        """The first person of this customer, signed in."""
        contact = self._know(customer_id)
        return self._signed_in(customer_id, contact.persons[0].id, EMAIL, "Lena Hartmann")

    def colleague_of(self, customer_id: str) -> Browser:
        """Another person of this customer, signed in."""
        contact = self._know(customer_id)
        return self._signed_in(customer_id, contact.persons[1].id, COLLEAGUE, "Pia Lund")

    def orders(self) -> list[Order]:
        return self.services.orders.of_org(self.org, 10)

    def _know(self, customer_id: str) -> Contact:
        contact = self.books.contacts.get(customer_id).value
        Seeding(self.services).has(contact, org=self.org)
        for name in LISTS:
            self.services.mirror.mark_complete(self.org, name)
        return contact

    def _signed_in(self, customer_id: str, person_id: str, email: str, name: str) -> Browser:
        Seeding(self.services).client(customer_id, person_id, email=email, name=name, org=self.org)
        browser = Browser(self.app)
        browser.sign_in(email, PASSWORD)
        return browser
