"""Zoho Billing in the contract walks: everything the sandbox answers there, and everything the connectors ask
there.
"""

from __future__ import annotations

from typing import Any

from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import BillingUse
from cache.records.connections.connections import Connections
from connectors.zoho.billing.hosted_pages import HostedPages
from connectors.zoho.clients import ZohoClients
from tests.contract.sandbox_walk import Record, Visitor

LISTS = {
    "subscriptions": ("/subscriptions", "subscription_id", "status"),
    "plans": ("/plans", "", "status"),
    "invoices": ("/invoices", "invoice_id", "status"),
    "events": ("/events", "event_id", "event_type"),
}
"""Key of the list → path, name of the id ("" where a row has no page of its own), and the field by which one
of each sort is looked at.
"""

CARD = {"method": "card", "number": "4242424242424242", "expiry": "12/39", "holder": "Robin Marsh"}
FILTERS = (
    ("/subscriptions", "SubscriptionStatus.LIVE"),
    ("/subscriptions", "SubscriptionMode.OFFLINE"),
    ("/plans", "PlanStatus.ACTIVE"),
    ("/invoices", "Status.Paid"),
)


def read_billing(visitor: Visitor) -> None:
    """Every list to its end, one document of each sort, and what is stored of each customer who has a
    subscription.
    """
    organizations = visitor.billing("GET", "/organizations", organization_id="").json()["organizations"]
    if visitor.organization_id not in {organization["organization_id"] for organization in organizations}:
        return
    for key, (path, id_name, sort) in LISTS.items():
        one_of_each = {row[sort]: row for row in _rows(visitor, key)}
        for row in one_of_each.values():
            if id_name:
                visitor.billing("GET", f"{path}/{row[id_name]}")
    for path, filter_by in FILTERS:
        visitor.billing("GET", path, filter_by=filter_by)
    for subscription in _rows(visitor, "subscriptions"):
        visitor.billing("GET", f"/subscriptions/{subscription['subscription_id']}")
        visitor.billing("GET", "/invoices", subscription_id=subscription["subscription_id"])
        _read_customer(visitor, subscription["customer_id"])


def make_pages(visitor: Visitor) -> None:
    """Each kind of hosted page, while it is fresh and after a person has paid, replaced a card or gone
    away.
    """
    details = (
        visitor.billing("GET", f"/subscriptions/{row['subscription_id']}").json()["subscription"]
        for row in _rows(visitor, "subscriptions")
        if row["status"] == "live"
    )
    with_card = next(detail for detail in details if detail["card"])
    contacts = (visitor.get(f"/contacts/{row['contact_id']}")["contact"] for row in visitor.rows("contacts"))
    account = next(kept for contact in contacts for kept in contact.get("bank_accounts") or [])
    owed = visitor.rows("invoices", status="sent")[0]["invoice_id"]
    asked = (
        (
            "invoicepayment",
            {"invoice_id": owed, "redirect_url": "https://portal.example/back"},
            {"action": "cancel"},
        ),
        (
            "invoicepayment",
            {"invoice_id": owed, "redirect_url": "https://portal.example/back"},
            {"action": "pay", **CARD},
        ),
        ("updatepaymentmethod", {"card_id": with_card["card"]["card_id"]}, {"action": "save", **CARD}),
        ("updatepaymentmethod", {"account_id": account["account_id"]}, {"action": "cancel"}),
        ("updatecard", {"subscription_id": with_card["subscription_id"]}, {"action": "save", **CARD}),
    )
    for kind, body, done in asked:
        made = visitor.billing("POST", f"/hostedpages/{kind}", body).json()["hostedpage"]
        visitor.billing("GET", f"/hostedpages/{made['hostedpage_id']}")
        visitor.use_page(made["url"], done)
        visitor.billing("GET", f"/hostedpages/{made['hostedpage_id']}")
    visitor.billing("GET", f"/invoices/{owed}")
    visitor.ask("GET", f"/invoices/{owed}/payments")


def be_refused_by_billing(visitor: Visitor) -> None:
    """An unknown id, another's organisation, none, a dead token, and a limit of Billing's own."""
    for path in (
        "/subscriptions/1",
        "/invoices/1",
        "/events/1",
        "/customers/1",
        "/customers/1/cards",
        "/hostedpages/1f",
    ):
        visitor.billing("GET", path)
    visitor.billing("GET", "/subscriptions", organization_id="1")
    visitor.billing("GET", "/subscriptions", organization_id="")
    visitor.with_token("no-such-token").billing("GET", "/subscriptions")
    visitor.billing("POST", "/hostedpages/invoicepayment", {"invoice_id": "1"})
    visitor.set(billing_calls_per_minute=0)
    visitor.billing("GET", "/subscriptions")


def call_billing(clients: ZohoClients, connections: Connections, org: str, truth: Record) -> None:
    """Find Billing as a merchant's connect does, then use every call that the product has there. truth: the
    sandbox's own state.
    """
    found = clients.billing_organizations(org)[0]
    connections.save_billing(org, BillingUse.FOUND, billing_organization_id=found.id)
    billing = clients.billing(org, CallClass.PERSON)
    rows = billing.subscriptions.list_page().rows
    details = (billing.subscriptions.get(row.id).value for row in rows if row.status == "live")
    subscription = next(detail for detail in details if detail.card is not None and detail.newest_invoice_id)
    billing.subscriptions.list_page(page=2, per_page=1, customer_id=subscription.customer_id)
    billing.subscriptions.plans(per_page=50)
    billing.customers.get(subscription.customer_id)
    card = billing.customers.cards(subscription.customer_id).value[0]
    account_of, account = next(
        (contact["contact_id"], kept)
        for contact in truth["contacts"].values()
        for kept in contact.get("bank_accounts") or []
    )
    billing.customers.bank_account(account_of, account["account_id"])
    billing.invoices.get(billing.invoices.of_subscription(subscription.id).rows[0].id)
    billing.events.list_page()
    owed = next(
        invoice["invoice_id"] for invoice in truth["invoices"].values() if invoice["status"] == "sent"
    )
    _use_hosted_pages(billing.hosted_pages, owed, subscription.id, card.id, account["account_id"])


def _use_hosted_pages(
    pages: HostedPages, invoice_id: str, subscription_id: str, card_id: str, account_id: str
) -> None:
    back = "https://portal.example/back"
    made = [
        pages.pay_invoice(invoice_id, redirect_url=back),
        pages.update_card(subscription_id, redirect_url=back),
        pages.update_stored_card(card_id),
        pages.update_bank_account(account_id),
    ]
    for item in made:
        pages.get(item.value.id)


def _rows(visitor: Visitor, key: str) -> list[Record]:
    path, rows, page = LISTS[key][0], [], 1
    while True:
        answer: Any = visitor.billing("GET", path, page=page, per_page=200).json()
        rows += answer[key]
        if not answer["page_context"]["has_more_page"]:
            return rows
        page += 1


def _read_customer(visitor: Visitor, customer_id: str) -> None:
    visitor.billing("GET", f"/customers/{customer_id}")
    for card in visitor.billing("GET", f"/customers/{customer_id}/cards").json()["cards"]:
        visitor.billing("GET", f"/customers/{customer_id}/cards/{card['card_id']}")
    for account in visitor.get(f"/contacts/{customer_id}")["contact"].get("bank_accounts") or []:
        visitor.billing("GET", f"/customers/{customer_id}/bankaccounts/{account['account_id']}")
