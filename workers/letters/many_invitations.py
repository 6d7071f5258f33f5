"""Many invitations at once, a few at a time: as fast as the operator allows, and each once, whatever dies in
between.
"""

from __future__ import annotations

import time

import structlog

from cache.locks import only_one
from cache.records.bulk_invitations import CUSTOMER, BulkInvitation, Outcome
from cache.records.connection import Connection, ConnectionState
from cache.records.inviting import CannotBeInvited, Invitee
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.errors import ZohoError, ZohoNotFound
from connectors.zoho.zoho_lines import ZohoLines
from workers.crash_points import reached
from workers.job_setup import Resources
from workers.pull.contact_persons import keep_contact

log = structlog.get_logger()

EVERY = 10.0
"""Seconds between two portions."""

ZOHO_AWAY_PAUSE = 60.0

OUTCOMES = {"no_email": Outcome.NO_EMAIL, "active": Outcome.ACTIVE, "busy": Outcome.BUSY}
"""Reasons of CannotBeInvited that end it for one person."""


def invite_some(org: str, bulk_id: str, desk: Resources) -> None:
    """The next portion, and when to go on. Does nothing while another worker is at it, or while the portal is
    closed.
    """
    with only_one(desk.redis.records, f"bulk:{bulk_id}", held_for=float(desk.settings.order_lease)) as mine:
        if not mine:
            return
        bulk, connection = desk.bulk_invitations.get(org, bulk_id), desk.connections.get(org)
        if bulk is None or connection is None or connection.state is ConnectionState.DISCONNECTED:
            desk.bulk_invitations.go_on(org, bulk_id, next_in=None)
            return
        pause = _portion(desk, connection, bulk)
        desk.doorbell.ring_due_letters()
        is_over = not desk.bulk_invitations.waiting(org, bulk_id, 1)
        desk.bulk_invitations.go_on(org, bulk_id, next_in=None if is_over else pause)
        if is_over:
            log.info("bulk_invitation_ended", org=org, bulk=bulk_id)


def _portion(desk: Resources, connection: Connection, bulk: BulkInvitation) -> float:
    """Seconds until the next one. The time box leaves half of the lease for what is under way when it
    ends.
    """
    ends = time.monotonic() + desk.settings.order_lease / 2
    for item in desk.bulk_invitations.waiting(
        bulk.org, bulk.id, max(1, round(desk.settings.invitations_per_minute * EVERY / 60))
    ):
        if time.monotonic() > ends:
            return 0.0
        if not item.startswith(CUSTOMER):
            _invite(desk, connection, bulk, item)
        elif not _read_people(desk, bulk, item):
            return ZOHO_AWAY_PAUSE
    return EVERY


def _invite(desk: Resources, connection: Connection, bulk: BulkInvitation, person_id: str) -> None:
    outcome = Outcome.GONE
    row = desk.mirror.by_id(bulk.org, "persons", person_id)
    if row is not None:
        person, customer = (
            ContactPerson.from_stored(row.body),
            desk.mirror.by_id(bulk.org, "contacts", row.customer_id),
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
            desk.inviting.invite(
                connection, bulk.merchant_id, invitee, once_key=f"bulk:{bulk.id}:{person_id}"
            )
            outcome = Outcome.INVITED
        except CannotBeInvited as refusal:
            outcome = OUTCOMES.get(refusal.reason, Outcome.BUSY)
    reached("after_invited")
    desk.bulk_invitations.settle(bulk.org, bulk.id, person_id, outcome)


def _read_people(desk: Resources, bulk: BulkInvitation, item: str) -> bool:
    """A customer whose people were never asked for; False when Zoho cannot be asked just now."""
    try:
        said = ZohoLines(desk.zoho, bulk.org).books.contacts.get(item.removeprefix(CUSTOMER))
    except ZohoNotFound:
        desk.bulk_invitations.settle(bulk.org, bulk.id, item, Outcome.READ)
        return True
    except ZohoError:
        return False
    keep_contact(desk, bulk.org, said)
    people = [
        person.id for person in said.value.persons if desk.accounts.by_person(bulk.org, person.id) is None
    ]
    desk.bulk_invitations.settle(bulk.org, bulk.id, item, Outcome.READ, instead=people)
    return True
