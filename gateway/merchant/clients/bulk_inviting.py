"""Whom an invitation of everybody is for, and the names of those with whom it came to something else."""

from __future__ import annotations

from cache.records.invitations.bulk_invitations import CUSTOMER, BulkInvitation, InvitationOutcome
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.web.access import OrganisationVisit
from gateway.web.services import services

MAX_NAMES = 20


def invitable_items(visit: OrganisationVisit) -> list[str]:
    """Persons with an address and without an account, by name of their customer; and customers whose people
    were not asked for yet.
    """
    invited = {account.person_id for account in services().accounts.index(visit.org)}
    customers, people = services().directory.in_order(visit.org), services().directory.addressed(visit.org)
    unread = set(
        services().documents.unread(
            visit.org, "contacts", (customer for customer in customers if customer not in people)
        )
    )
    items = []
    for customer in customers:
        items += [
            person_id
            for person_id, has_address in people.get(customer, {}).items()
            if has_address and person_id not in invited
        ]
        if customer in unread:
            items.append(CUSTOMER + customer)
    return items


def names_by_outcome(visit: OrganisationVisit, bulk: BulkInvitation) -> dict[InvitationOutcome, list[str]]:
    """Outcome → names, for whatever is not simply an invitation; the first of each."""
    named = services().bulk_invitations.ids_by_outcome(visit.org, bulk.id)
    return {
        outcome: [_name(visit.org, record_id) for record_id in ids[:MAX_NAMES]]
        for outcome, ids in named.items()
        if ids
    }


def _name(org: str, person_id: str) -> str:
    row = services().directory.person(org, person_id)
    if row is None:
        return f"Person {person_id}"
    person = ContactPerson.from_stored(row.body)
    return person.full_name or person.email or f"Person {person_id}"
