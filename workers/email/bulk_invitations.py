"""Send many invitations in portions, within the operator's rate limit and each once, even if workers die."""

from __future__ import annotations

import time

import structlog

from cache.locks import only_one
from cache.records.connections.connection import Connection, ConnectionState
from cache.records.invitations.bulk_invitations import CUSTOMER, BulkInvitation, InvitationOutcome
from cache.records.invitations.inviting import CannotBeInvited, Invitee
from connectors.zoho.api.errors import ZohoError, ZohoNotFound
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.organisation_clients import OrganisationClients
from workers.copies.contact_persons import store_contact
from workers.crash_points import reached
from workers.services import Services

log = structlog.get_logger()

BATCH_INTERVAL = 10.0
"""Seconds between two portions."""

ZOHO_AWAY_PAUSE = 60.0

OUTCOMES = {
    "no_email": InvitationOutcome.NO_EMAIL,
    "active": InvitationOutcome.ACTIVE,
    "busy": InvitationOutcome.BUSY,
}
"""CannotBeInvited reasons that are final for a person."""


def invite_batch(org: str, bulk_id: str, services: Services) -> None:
    """Send the next portion and schedule the one after. Does nothing while another worker holds the lease, or
    while the portal is closed.
    """
    with only_one(
        services.stores.records, f"bulk:{bulk_id}", held_for=float(services.settings.order_lease)
    ) as mine:
        if not mine:
            return
        bulk, connection = services.bulk_invitations.get(org, bulk_id), services.connections.get(org)
        if bulk is None or connection is None or connection.state is ConnectionState.DISCONNECTED:
            services.bulk_invitations.schedule(org, bulk_id, next_in=None)
            return
        pause = _invite_next(services, connection, bulk)
        services.job_queue.enqueue_due_emails()
        is_over = not services.bulk_invitations.waiting(org, bulk_id, 1)
        services.bulk_invitations.schedule(org, bulk_id, next_in=None if is_over else pause)
        if is_over:
            log.info("bulk_invitation_ended", org=org, bulk=bulk_id)


def _invite_next(services: Services, connection: Connection, bulk: BulkInvitation) -> float:
    """Seconds until the next portion. The time box leaves half of the lease for the invitation in
    progress.
    """
    ends = time.monotonic() + services.settings.order_lease / 2
    for item in services.bulk_invitations.waiting(
        bulk.org, bulk.id, max(1, round(services.settings.invitations_per_minute * BATCH_INTERVAL / 60))
    ):
        if time.monotonic() > ends:
            return 0.0
        if not item.startswith(CUSTOMER):
            _invite(services, connection, bulk, item)
        elif not _read_people(services, bulk, item):
            return ZOHO_AWAY_PAUSE
    return BATCH_INTERVAL


def _invite(services: Services, connection: Connection, bulk: BulkInvitation, person_id: str) -> None:
    outcome = InvitationOutcome.GONE
    row = services.mirror.by_id(bulk.org, "persons", person_id)
    if row is not None:
        person, customer = (
            ContactPerson.from_stored(row.body),
            services.mirror.by_id(bulk.org, "contacts", row.customer_id),
        )
        invitee = Invitee(
            person_id=person_id,
            customer_id=row.customer_id,
            customer_name=str(customer.body.get("name", "")) if customer else "",
            email=person.email,
            name=person.full_name,
            language=person.language,
        )
        try:
            services.inviting.invite(
                connection, bulk.merchant_id, invitee, once_key=f"bulk:{bulk.id}:{person_id}"
            )
            outcome = InvitationOutcome.INVITED
        except CannotBeInvited as refusal:
            outcome = OUTCOMES.get(refusal.reason, InvitationOutcome.BUSY)
    reached("after_invited")
    services.bulk_invitations.settle(bulk.org, bulk.id, person_id, outcome)


def _read_people(services: Services, bulk: BulkInvitation, item: str) -> bool:
    """Fetch a customer whose persons were never read; False if Zoho cannot be reached now."""
    try:
        fetched = OrganisationClients(services.zoho, bulk.org).books.contacts.get(item.removeprefix(CUSTOMER))
    except ZohoNotFound:
        services.bulk_invitations.settle(bulk.org, bulk.id, item, InvitationOutcome.READ)
        return True
    except ZohoError:
        return False
    store_contact(services, bulk.org, fetched)
    people = [
        person.id
        for person in fetched.value.persons
        if services.accounts.by_person(bulk.org, person.id) is None
    ]
    services.bulk_invitations.settle(bulk.org, bulk.id, item, InvitationOutcome.READ, instead=people)
    return True
