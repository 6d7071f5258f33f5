"""Calls every method of the connectors once in each useful way, against the running sandbox."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import Connection, ConnectionState
from cache.records.connections.connections import Connections
from cache.sealing import Seal
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.scopes import scopes_to_request
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.offline_payment import OfflinePayment
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.organization import Organization
from connectors.zoho.oauth.authorization_code import (
    Callback,
    Grant,
    code_challenge_of,
    consent_url,
    exchange_code,
    new_code_verifier,
)
from tests.contract.billing_walk import call_billing
from tests.contract.sandbox_walk import Record

DC = "us"


def call_everything(settings: Settings, stores: Stores) -> None:
    """Connect one organisation as a merchant does, then use every call that the product has."""
    clients = ZohoClients(build_store_services(settings, stores))
    grant = _connect(settings)
    organization = next(client for client in clients.organizations_of_grant(grant) if client.is_active)
    clients.authorising_user(grant, organization.id)
    org = _remember(settings, stores, grant, organization)
    books = clients.books(org, CallClass.PERSON)
    books.organizations.get(organization.id)

    contact = _list(books.contacts)[0]
    books.contacts.get(contact.id)
    books.contacts.persons(contact.id)
    estimates = _list_and_read(books.estimates)
    invoices = _list_and_read(books.invoices)
    books.invoices.payments(invoices[0].id)
    books.invoices.credits_applied(invoices[0].id)
    _list_and_read(books.customer_payments)
    credit_note = books.credit_notes.list_page(modified_since=_last_month()).rows[0]
    books.credit_notes.list_page(page=2, per_page=1, customer_id=credit_note.customer_id)
    books.credit_notes.get(credit_note.id)
    books.credit_notes.pdf(credit_note.id)
    books.refunds.of_credit_notes(credit_note.customer_id)
    books.refunds.of_payment(books.customer_payments.list_page().rows[0].id)
    books.recurring_invoices.list_page(page=2, per_page=1, customer_id=contact.id)
    profile = books.recurring_invoices.get(books.recurring_invoices.list_page().rows[0].id).value
    books.invoices.of_recurring_invoice(profile.id)

    waiting = [estimate.id for estimate in estimates if estimate.status == "sent"]
    books.estimates.mark_accepted(waiting[0])
    books.estimates.mark_declined(waiting[1])
    books.estimates.add_comment(waiting[1], "Robin Marsh declined: too late for us.")
    books.estimates.comments(waiting[1])
    _edit_contact(books, contact.id)
    _deal_with_invoices(books, invoices)
    _record_once(settings, books, organization.id)
    _settle_without_money(settings, books, organization.id)
    connections = Connections(stores.records, Seal(settings.sealing_keys))
    call_billing(clients, connections, org, _state(settings, organization.id))
    clients.disconnect(org)


def _edit_contact(books: BooksClient, contact_id: str) -> None:
    """Every field a client may change, written back as it is or anew."""
    contact = books.contacts.get(contact_id).value
    person = contact.persons[0]
    changes = {
        "last_name": person.last_name,
        "phone": "+1 555 0100",
        "mobile": "",
        "designation": "Owner",
        "department": "Office",
    }
    books.contact_edits.edit_person(contact.id, person.id, changes, first_name=person.first_name)
    books.contact_edits.edit_company(
        contact.id,
        contact_name=contact.name,
        company_name=contact.company_name,
        billing_address=contact.billing_address,
        shipping_address=contact.shipping_address,
    )
    books.contact_edits.mark_primary(person.id)


def _deal_with_invoices(books: BooksClient, invoices: tuple[Any, ...]) -> None:
    unpaid = next(invoice for invoice in invoices if invoice.can_be_paid())
    books.invoice_actions.add_comment(unpaid.id, "Robin Marsh: paid by bank transfer on Monday.")
    books.invoice_actions.comments(unpaid.id)
    paid = OfflinePayment(
        customer_id=unpaid.customer_id,
        amount=unpaid.balance,
        date=dt.datetime.now(dt.UTC).date(),
        mode="banktransfer",
        reference="R-7K3M-9QXD",
        description="Reported by the client",
        applied={unpaid.id: unpaid.balance},
    )
    books.customer_payments.record(paid)
    books.customer_payments.with_reference(unpaid.customer_id, "R-7K3M-9QXD")


def _record_once(settings: Settings, books: BooksClient, organization_id: str) -> None:
    """A payment on account, for a merchant with a field that accepts no duplicates."""
    wanted = {"organization_id": organization_id, "unique_payment_field": "cf_receipt"}
    requests.post(
        f"{settings.data_centres[DC].api_url}/_sandbox/settings", json=wanted, timeout=30
    ).raise_for_status()
    contact = next(row for row in books.contacts.list_page().rows if row.kind == "customer")
    paid = OfflinePayment(
        customer_id=contact.id,
        amount=Decimal("5"),
        date=dt.datetime.now(dt.UTC).date(),
        mode="cash",
        reference="R-2K3M-9QXD",
        applied={},
    )
    books.customer_payments.record_once(paid, unique_field="cf_receipt")


def _settle_without_money(settings: Settings, books: BooksClient, organization_id: str) -> None:
    """Credits, a merchant's file, a page to pay on: for invoices that have what it takes, as the sandbox's
    own state tells.
    """
    state = _state(settings, organization_id)
    attached = next(invoice for invoice in state["invoices"].values() if invoice["documents"])
    books.invoice_actions.document(attached["invoice_id"], attached["documents"][0]["document_id"])
    books.invoice_actions.payment_link(
        attached["invoice_id"], ends_on=dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    )
    open_invoices = {
        invoice["customer_id"]: invoice
        for invoice in state["invoices"].values()
        if invoice["status"] == "sent" and invoice["balance"] > 2
    }
    spare = next(
        payment
        for payment in state["payments"].values()
        if payment["unused_amount"] > 1 and payment["customer_id"] in open_invoices
    )
    note = next(
        note
        for note in state["credit_notes"].values()
        if note["status"] == "open" and note["customer_id"] in open_invoices
    )
    for source, paid, noted in (
        (spare, {spare["payment_id"]: Decimal(1)}, {}),
        (note, {}, {note["creditnote_id"]: Decimal(1)}),
    ):
        invoice_id = open_invoices[source["customer_id"]]["invoice_id"]
        books.invoice_actions.apply_credits(invoice_id, payments=paid, credit_notes=noted)


def _state(settings: Settings, organization_id: str) -> Record:
    """What the sandbox itself knows of the organisation."""
    address = f"{settings.data_centres[DC].api_url}/_sandbox/state"
    found: Record = requests.get(address, params={"organization_id": organization_id}, timeout=30).json()[
        "organisations"
    ]
    state: Record = found[organization_id]
    return state


def _list(resource: Any) -> tuple[Any, ...]:
    """A list in every way the sync asks for it; the rows of its first page."""
    resource.list_page(page=2, per_page=50, sort="last_modified_time")
    resource.list_page(modified_since=_last_month(), sort="last_modified_time", descending=True)
    rows: tuple[Any, ...] = resource.list_page().rows
    return rows


def _last_month() -> dt.datetime:
    return dt.datetime.now(dt.UTC) - dt.timedelta(days=30)


def _list_and_read(resource: Any) -> tuple[Any, ...]:
    """A list, one customer's part of it, one document and its PDF; the rows of the list's first page."""
    rows = _list(resource)
    resource.list_page(customer_id=rows[0].customer_id)
    resource.get(rows[0].id)
    resource.pdf(rows[0].id)
    return rows


def _connect(settings: Settings) -> Grant:
    """The merchant's part: the consent page in a browser without scripts."""
    verifier, redirect = new_code_verifier(), f"{settings.portal_url}/merchant/zoho/callback"
    address = consent_url(
        settings.data_centres[DC],
        redirect_uri=redirect,
        state="contract",
        code_challenge=code_challenge_of(verifier),
        scopes=scopes_to_request(uses_billing=True, makes_payment_links=True),
    )
    page = requests.get(address, timeout=20).text
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    person = re.findall(rf'value="({DC}:[^"]+)"', page)[0]
    back = requests.post(
        address.partition("?")[0],
        data={**form, "person": person, "decision": "allow"},
        allow_redirects=False,
        timeout=20,
    )
    said = {name: values[0] for name, values in parse_qs(urlsplit(back.headers["Location"]).query).items()}
    callback = Callback(code=said["code"], location=said["location"], accounts_server=said["accounts-server"])
    return exchange_code(settings, callback, redirect_uri=redirect, code_verifier=verifier, flow_dc=DC)


def _remember(settings: Settings, stores: Stores, grant: Grant, organization: Organization) -> str:
    connection = Connection(
        org=f"{grant.dc}-{organization.id}",
        dc=grant.dc,
        organization_id=organization.id,
        name=organization.name,
        api_domain=grant.api_domain,
        accounts_server=grant.accounts_server,
        scopes=grant.scopes,
        state=ConnectionState.CONNECTED,
        connected_at=dt.datetime.now(dt.UTC),
        connected_by="contract",
        time_zone=organization.time_zone,
        currency=organization.currency,
        profile=organization.to_stored(),
        profile_as_of=dt.datetime.now(dt.UTC),
    )
    Connections(stores.records, Seal(settings.sealing_keys)).save(
        connection, refresh_token=grant.refresh_token
    )
    return connection.org
