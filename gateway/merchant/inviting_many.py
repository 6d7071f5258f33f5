"""Whom an invitation of everybody is for, and the names of those with whom it came to something else."""

from __future__ import annotations

from cache.records.bulk_invitations import CUSTOMER, BulkInvitation, Outcome
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.access import OrganisationVisit
from gateway.wiring import wired

MOST_NAMED = 20


def everybody_not_invited(visit: OrganisationVisit) -> list[str]:
    """Persons with an address and without an account, by name of their customer; and customers whose people were not asked for yet."""
    invited = {one.person_id for one in wired().accounts.of_org(visit.org)}
    people: dict[str, list[str]] = {}
    for row in wired().directory.persons(visit.org):
        if row.id not in invited and ContactPerson.from_stored(row.body).email:
            people.setdefault(row.customer_id, []).append(row.id)
    items = []
    for line in wired().directory.customers(visit.org):
        items += people.pop(line.customer_id, [])
        if not line.people and not wired().documents.was_read(visit.org, "contacts", line.customer_id):
            items.append(CUSTOMER + line.customer_id)
    return items + [person_id for left in people.values() for person_id in left]


def people_of(visit: OrganisationVisit, bulk: BulkInvitation) -> dict[Outcome, list[str]]:
    """Outcome → names, for whatever is not simply an invitation; the first of each."""
    return {outcome: [_name(visit.org, one) for one in ids[:MOST_NAMED]] for outcome, ids in bulk.named.items() if ids}


def _name(org: str, person_id: str) -> str:
    row = wired().directory.person(org, person_id)
    if row is None:
        return f"Person {person_id}"
    person = ContactPerson.from_stored(row.body)
    return person.full_name or person.email or f"Person {person_id}"
