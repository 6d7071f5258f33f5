"""Which invoices belong to which plan, learned from Zoho Billing or from the recurring invoices of Books
(zoho.md 8).
"""

from __future__ import annotations

from typing import Any

import pytest
import requests

from cache.copies.mirror.row_facets import RowFilter
from cache.records.connections.connection import BillingUse
from cache.scope import CustomerScope
from cache.stores import Stores
from config.settings import Settings
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.pull.organisation import pull_organisation
from workers.services import Services


class Plans:
    """What the portal has learned of one organisation, beside the truth."""

    def __init__(self, services: Services, org: str, sandbox: SandboxServer) -> None:
        self.services, self.org, self.sandbox = services, org, sandbox

    def pull(self, times: int = 8) -> None:
        for _ in range(times):
            self.services.sync_states.expedite(self.org)
            pull_organisation(self.org, self.services)

    def truth(self, kind: str) -> dict[str, dict[str, Any]]:
        organization_id = self.org.partition("-")[2]
        found: dict[str, dict[str, Any]] = self.sandbox.state(organization_id=organization_id, kind=kind)[
            organization_id
        ][kind]
        return found

    def shown(self, customer: str, plan: str) -> set[str]:
        """Invoices that the client's list shows for a plan."""
        page = self.services.mirror.page(
            CustomerScope(self.org, customer),
            "invoices",
            sort="date",
            descending=False,
            offset=0,
            limit=500,
            narrowed=RowFilter(plan=plan),
        )
        return {row.id for row in page.rows}

    def zoho_has(self, **settings: Any) -> None:
        body = {"organization_id": self.org.partition("-")[2], **settings}
        requests.post(
            f"{self.sandbox.origin(self.org[:2])}/_sandbox/settings", json=body, timeout=60
        ).raise_for_status()

    def questions(self, since: int) -> int:
        calls = self.sandbox.calls()[since:]
        return sum(
            "subscription_id" in call["query"] or "recurring_invoice_id" in call["query"] for call in calls
        )


@pytest.fixture
def books_only(settings: Settings, stores: Stores, services: Services, sandbox: SandboxServer) -> Plans:
    return Plans(services, connect_merchant(settings, stores), sandbox)


@pytest.fixture
def with_billing(settings: Settings, stores: Stores, services: Services, sandbox: SandboxServer) -> Plans:
    org = connect_merchant(settings, stores, uses_billing=True)
    (found,) = [
        organization
        for organization in services.zoho.billing_organizations(org)
        if organization.name == "Harbour Light Studio"
    ]
    services.connections.save_billing(org, BillingUse.FOUND, billing_organization_id=found.id)
    return Plans(services, org, sandbox)


def of_profiles(plans: Plans) -> dict[tuple[str, str], set[str]]:
    """(customer, name of the profile) → its invoices, as Zoho's details say."""
    profiles, wanted = plans.truth("recurring_invoices"), {}
    for item, invoice in plans.truth("invoices").items():
        profile = profiles.get(invoice["recurring_invoice_id"])
        if profile is not None:
            wanted.setdefault((profile["customer_id"], profile["recurrence_name"]), set()).add(item)
    return wanted


def test_without_billing_a_plan_is_a_recurring_invoice(books_only: Plans) -> None:
    books_only.pull()
    wanted = of_profiles(books_only)
    assert wanted, "the sandbox has invoices that recurring invoices made"
    for (customer, plan), invoices in wanted.items():
        assert books_only.shown(customer, plan) == invoices
        assert plan in books_only.services.invoice_plans.plans(CustomerScope(books_only.org, customer))
        assert books_only.shown(customer, "a plan that never was") == set()


def test_with_billing_a_plan_is_what_the_subscription_says(with_billing: Plans) -> None:
    with_billing.pull()
    subscriptions = with_billing.truth("subscriptions")
    assert with_billing.services.mirror.ids(with_billing.org, "subscriptions") == set(subscriptions)
    some = [subscription for subscription in subscriptions.values() if subscription.get("child_invoice_id")]
    assert some, "the sandbox has subscriptions with invoices"
    for record in some:
        customer = record.get("customer_id") or record["customer"]["customer_id"]
        plan = record.get("plan_name") or record["plan"]["name"]
        assert record["child_invoice_id"] in with_billing.shown(customer, plan)


def test_what_is_learned_is_not_asked_again(books_only: Plans) -> None:
    books_only.pull()
    since = len(books_only.sandbox.calls())
    books_only.pull(2)
    assert books_only.questions(since) == 0


def test_where_zoho_ignores_the_filter_no_invoice_gets_a_wrong_plan(books_only: Plans) -> None:
    books_only.zoho_has(ignores_filters=["recurring_invoice_id"])
    books_only.pull()
    wanted = of_profiles(books_only)
    assert wanted
    for customer, _ in wanted:
        assert books_only.services.invoice_plans.plans(CustomerScope(books_only.org, customer)) == ()


def test_a_filter_by_plan_whose_knowledge_was_evicted_says_so_and_heals(books_only: Plans) -> None:
    books_only.pull()
    (customer, plan), invoices = next(iter(of_profiles(books_only).items()))
    scope = CustomerScope(books_only.org, customer)
    books_only.services.stores.copies.delete(f"o:{{{books_only.org}}}:plans:{customer}")
    page = books_only.services.mirror.page(
        scope, "invoices", sort="date", descending=False, offset=0, limit=500, narrowed=RowFilter(plan=plan)
    )
    assert page.rows == [] and not page.is_complete
    assert books_only.services.mirror.is_complete(books_only.org, "invoices"), "the list itself is not torn"
    books_only.pull(3)
    assert books_only.shown(customer, plan) == invoices


def test_the_plan_as_billed_stays_when_the_subscription_changes(services: Services) -> None:
    scope = CustomerScope("us-1", "501")
    services.invoice_plans.note(scope, "77", "Mooring", ["1", "2"], state="a")
    services.invoice_plans.note(scope, "77", "Mooring Plus", ["1", "2", "3"], state="b")
    assert services.invoice_plans.plans(scope) == ("Mooring", "Mooring Plus")
    assert services.invoice_plans.known_state(scope, "77") == "b"


def test_where_billing_ignores_the_filter_no_invoice_of_another_customer_gets_the_plan(
    with_billing: Plans,
) -> None:
    with_billing.zoho_has(ignores_customer_filter=["billing_invoices"])
    with_billing.pull()
    for record in with_billing.truth("subscriptions").values():
        customer = record.get("customer_id") or record["customer"]["customer_id"]
        assert with_billing.shown(customer, record.get("plan_name") or record["plan"]["name"]) == set()
