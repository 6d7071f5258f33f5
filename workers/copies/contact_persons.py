"""The contact persons of each customer. Lists of Zoho Books lack them (zoho.md 4.2), and fetching costs one
call per customer.
"""

from __future__ import annotations

from cache.copies.mirror.mirror_row import MirrorPage
from cache.scope import CustomerScope
from connectors.zoho.api.errors import ZohoNotFound
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.contact import Contact
from workers.copies.mirror_rows import person_row
from workers.copies.store_fetched import store_document
from workers.deadline import Deadline
from workers.services import Services

SMALL = 200
"""Up to this many customers, all are fetched; beyond it only those with a client account, and the rest on
demand.
"""

MOST_AT_ONCE = 25
"""Customers fetched per run: at most a quarter of a minute's calls."""

MOST_PERSONS = 500


def read_changed_contacts(services: Services, org: str, books: BooksClient, deadline: Deadline) -> bool:
    """Fetch the customers whose copy is missing or older than their row; False if some are left for the next
    run.
    """
    wanted = _without_copy(services, org)
    for contact_id in wanted[:MOST_AT_ONCE]:
        if deadline.is_past:
            return False
        try:
            store_contact(services, org, books.contacts.get(contact_id))
        except ZohoNotFound:
            continue
    return len(wanted) <= MOST_AT_ONCE


def store_contact(services: Services, org: str, fetched: Fetched[Contact]) -> None:
    """Store a whole contact, and its persons as rows; persons no longer in it are removed."""
    store_document(services, org, "contacts", fetched)
    contact = fetched.value
    gone = _person_ids(services, org, contact.id) - {person.id for person in contact.persons}
    services.mirror.put_page(org, [person_row(person, contact, fetched.as_of) for person in contact.persons])
    for person_id in gone:
        services.mirror.remove(org, "persons", person_id)


def forget_persons(services: Services, org: str, contact_id: str) -> None:
    """Delete the customer and their persons."""
    for person_id in _person_ids(services, org, contact_id):
        services.mirror.remove(org, "persons", person_id)


def _without_copy(services: Services, org: str) -> list[str]:
    ids = services.mirror.ids(org, "contacts")
    if len(ids) > SMALL:
        ids &= {account.customer_id for account in services.accounts.of_org(org)}
    return [contact_id for contact_id in sorted(ids) if not _is_known(services, org, contact_id)]


def _is_known(services: Services, org: str, contact_id: str) -> bool:
    """Whether the persons belong to the current version of the customer's row. Copies of whole contacts live
    for a day; a customer without persons is fetched again that often.
    """
    row = services.mirror.by_id(org, "contacts", contact_id)
    version = row.version if row is not None else ""
    people = _person_page(services, org, contact_id)
    if people.is_torn:
        # Part of them was evicted. New rows on top would give a wrong total, so start from empty.
        services.mirror.forget(org, "persons")
    elif any(person.version == version for person in people.rows):
        return True
    kept = services.documents.get(CustomerScope(org, contact_id), "contacts", contact_id, version)
    if kept is None:
        return False
    contact = Contact.from_stored(kept.body)
    services.mirror.put_page(org, [person_row(person, contact, kept.as_of) for person in contact.persons])
    return True


def _person_page(services: Services, org: str, contact_id: str) -> MirrorPage:
    scope = CustomerScope(org, contact_id)
    return services.mirror.page(scope, "persons", sort="name", descending=False, offset=0, limit=MOST_PERSONS)


def _person_ids(services: Services, org: str, contact_id: str) -> set[str]:
    return {row.id for row in _person_page(services, org, contact_id).rows}
