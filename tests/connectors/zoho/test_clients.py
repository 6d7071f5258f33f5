"""Connecting, reading everything, and disconnecting, against the sandbox over real HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cache.records.connections.connections import Connections
from cache.stores import Stores
from connectors.zoho.api.errors import ZohoAccessLost
from connectors.zoho.clients import ZohoClients
from connectors.zoho.oauth.authorization_code import Grant
from tests.servers.sandbox_server import SandboxServer

Connect = Callable[..., str]
Consent = Callable[..., Grant]


def test_facts_1_2_a_flow_that_begins_in_one_data_centre_ends_where_the_merchants_data_lives(
    consent: Consent, zoho: ZohoClients
) -> None:
    grant = consent("Jonas Weber", dc="us")
    assert grant.dc == "eu"
    assert [organization.name for organization in zoho.organizations_of_grant(grant)] == [
        "Weber & Sohn Werkzeuge"
    ]


def test_facts_4_1_a_user_may_have_several_organisations(consent: Consent, zoho: ZohoClients) -> None:
    found = {
        organization.name: organization.is_active
        for organization in zoho.organizations_of_grant(consent("Ada Okafor"))
    }
    assert found == {"Harbour Light Studio": True, "Harbour Light Archive": False}


def test_who_authorised_is_known_by_name_and_address(consent: Consent, zoho: ZohoClients) -> None:
    grant = consent("Ada Okafor")
    organization = next(
        organization for organization in zoho.organizations_of_grant(grant) if organization.is_active
    )
    user = zoho.authorising_user(grant, organization.id)
    assert (user.name, user.email) == ("Ada Okafor", "ada@harbourlight.example")


@pytest.mark.parametrize("resource", ["contacts", "estimates", "invoices", "customer_payments"])
def test_every_row_of_every_page_can_be_read(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer, resource: str
) -> None:
    org = connect()
    client, ids, page = getattr(zoho.books(org), resource), set(), 1
    while True:
        answer = client.list_page(page)
        assert answer.unreadable == ()
        ids |= {row.id for row in answer.rows}
        if not answer.has_more:
            break
        page += 1
    kind = {"customer_payments": "payments"}.get(resource, resource)
    truth = sandbox.state(organization_id=org.partition("-")[2])[org.partition("-")[2]][kind]
    assert ids == {id for id, item in truth.items() if item.get("contact_type", "customer") == "customer"}


@pytest.mark.parametrize("resource", ["contacts", "estimates", "invoices", "customer_payments"])
def test_every_kind_of_document_can_be_read_by_id(zoho: ZohoClients, connect: Connect, resource: str) -> None:
    client = getattr(zoho.books(connect()), resource)
    row = client.list_page(1, 1).rows[0]
    said = client.get(row.id)
    assert said.value.id == row.id
    assert said.value.to_stored() != row.to_stored() or resource == "customer_payments"


def test_pdfs_comments_persons_and_settlements_come_through(zoho: ZohoClients, connect: Connect) -> None:
    books = zoho.books(connect())
    estimate = books.estimates.list_page(1, 1).rows[0]
    assert books.estimates.pdf(estimate.id).content.startswith(b"%PDF-")
    books.estimates.add_comment(estimate.id, "Ana Lima: please call me")
    assert "Ana Lima: please call me" in {
        comment.text for comment in books.estimates.comments(estimate.id).value
    }
    assert books.contacts.persons(estimate.customer_id).value
    payment = next(row for row in books.customer_payments.list_page(1, 50).rows if row.invoice_numbers)
    applied = books.customer_payments.get(payment.id).value.applied
    assert payment.id in {item.id for item in books.invoices.payments(applied[0].invoice_id).value}
    assert books.invoices.credits_applied(applied[0].invoice_id).value is not None
    assert books.recurring_invoices.list_page().unreadable == ()
    assert books.credit_notes.list_page().unreadable == ()


def test_the_merchants_details_come_through(zoho: ZohoClients, connect: Connect) -> None:
    org = connect("Jonas Weber")
    organization = zoho.books(org).organizations.get(org.partition("-")[2]).value
    assert (organization.name, organization.time_zone, organization.currency) == (
        "Weber & Sohn Werkzeuge",
        "Europe/Berlin",
        "EUR",
    )


def test_disconnecting_ends_the_grant_in_zoho_and_wipes_ours(
    zoho: ZohoClients,
    connect: Connect,
    connections: Connections,
    stores: Stores,
    sandbox: SandboxServer,
) -> None:
    org = connect()
    token = zoho.vault.access_token(org)
    assert zoho.disconnect(org)
    with pytest.raises(ZohoAccessLost):
        zoho.books(org)
    assert "/oauth/v2/token/revoke" in {call["path"] for call in sandbox.calls()}
    assert token


def test_a_grant_that_another_organisation_lives_on_is_not_ended(
    zoho: ZohoClients, connect: Connect, connections: Connections, sandbox: SandboxServer
) -> None:
    org = connect()
    first = connections.get(org)
    assert first is not None
    twin = type(first)(
        **{name: getattr(first, name) for name in first.__dataclass_fields__}
        | {"org": "us-2", "organization_id": "2"}
    )
    connections.save(twin, refresh_token=connections.refresh_token(org))
    assert zoho.disconnect("us-2") is False
    assert "/oauth/v2/token/revoke" not in {call["path"] for call in sandbox.calls()}
    assert zoho.vault.access_token(org)
