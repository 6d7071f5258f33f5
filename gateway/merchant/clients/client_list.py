"""The merchant's list of clients: customers by name, page by page, with the people of each and what became of
them here.

A page without a filter costs what stands on it; a filter or a search looks at what is kept in short of every
customer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cache.copies.mirror.mirror_row import MirrorRow
from cache.records.accounts.accounts import AccountState, ClientAccount, normal_email
from cache.records.connections.connection import ConnectionState
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.merchant.clients.forms import ClientsQuery
from gateway.merchant.clients.homoglyphs import describe_homoglyphs
from gateway.reading.list_query import ROWS_PER_PAGE, PageNumbers
from gateway.web.access import OrganisationVisit
from gateway.web.services import services

NOT_READ_TEXT = "not among the contacts read from Zoho"
STATE_LABELS = {
    "none": ("Not invited", "quiet"),
    "no_email": ("No e-mail", "quiet"),
    AccountState.INVITED: ("Invited", "waiting"),
    AccountState.ACTIVE: ("Active", "good"),
    AccountState.REVOKED: ("Revoked", "bad"),
}

MAX_WITHOUT_CUSTOMER = 100
"""People without a customer whom one page tells of: many have none while the customers are being read
again.
"""


@dataclass(frozen=True)
class ClientRow:
    """One person. is_in_zoho: whether the copies know them."""

    person: ContactPerson
    customer_name: str
    account: ClientAccount | None
    is_in_zoho: bool = True

    @property
    def state(self) -> str:
        if self.account is not None:
            return self.account.state
        return "none" if self.person.email else "no_email"

    @property
    def has_new_address(self) -> bool:
        """Whether Zoho has another address than the one this person signs in with."""
        return self.account is not None and normal_email(self.account.email) != normal_email(
            self.person.email
        )

    @property
    def homoglyphs(self) -> str:
        """Letters of the address that may be taken for others, by name; "" for none."""
        return describe_homoglyphs(self.person.email)

    @property
    def label(self) -> str:
        return STATE_LABELS[self.state][0]

    @property
    def tone(self) -> str:
        return STATE_LABELS[self.state][1]


@dataclass(frozen=True)
class ClientPage:
    """unread: customers on this page whose people are being asked for. has_more_without_customer: whether
    there are more people without a customer than are told of.
    """

    rows: list[ClientRow]
    unread: list[str]
    numbers: PageNumbers
    has_more_without_customer: bool = False


def client_page(visit: OrganisationVisit, query: ClientsQuery) -> ClientPage:
    """The page of the list that the address asks for. People who were not read yet are asked for behind
    it.
    """
    ids, numbers = _customers(visit.org, query)
    names = {
        item: str(body.get("name") or "")
        for item, body in services().directory.customer_bodies(visit.org, ids).items()
    }
    people, accounts = (
        services().directory.people(visit.org, names),
        _by_person(services().accounts.of_customers(visit.org, names)),
    )
    unread = services().documents.unread(visit.org, "contacts", (name for name in names if not people[name]))
    if visit.connection.state is ConnectionState.CONNECTED:
        for item in unread:
            services().job_queue.enqueue_document(visit.org, "contacts", item)
    rows = [row for item, name in names.items() for row in _rows(item, name, people[item], accounts)]
    without_customer = _rows_without_customer(visit.org, query) if numbers.number == 1 else []
    wanted = [row for row in rows if _is_wanted(row, query)] + without_customer[:MAX_WITHOUT_CUSTOMER]
    return ClientPage(
        wanted, [names[item] for item in unread], numbers, len(without_customer) > MAX_WITHOUT_CUSTOMER
    )


def client_row(org: str, person_id: str) -> ClientRow | None:
    """One person by their id, whether Zoho still has them or only their account is left; None for nobody."""
    stored, account = (
        services().directory.person(org, person_id),
        services().accounts.by_person(org, person_id),
    )
    if stored is not None:
        customer = services().directory.customer_bodies(org, [stored.customer_id]).get(stored.customer_id, {})
        return ClientRow(ContactPerson.from_stored(stored.body), str(customer.get("name", "")), account)
    return _row_without_customer(account) if account is not None else None


def _customers(org: str, query: ClientsQuery) -> tuple[list[str], PageNumbers]:
    """Ids of the customers on the page, by name, and where it stands."""
    if query.search or query.state:
        found = _found(org, query)
        numbers = query.numbers(len(found))
        return found[numbers.first - 1 : numbers.last], numbers
    ids, total = services().directory.page(org, (query.page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE)
    numbers = query.numbers(total)
    if numbers.number != query.page:
        ids, _ = services().directory.page(org, numbers.first - 1, ROWS_PER_PAGE)
    return ids, numbers


def _found(org: str, query: ClientsQuery) -> list[str]:
    """Every customer whom a search and a state may be about, by name; which of their people it is about is
    seen row by row.
    """
    directory, found = services().directory, list[set[str]]()
    if query.search:
        found.append(directory.matching(org, query.search))
    if query.state == "no_email":
        found.append({item for item, people in directory.addressed(org).items() if not all(people.values())})
    elif query.state:
        standings = services().accounts.index(org)
        if query.state == "none":
            known = {standing.person_id for standing in standings}
            people = directory.addressed(org)
            found.append(
                {
                    item
                    for item in people
                    if any(has and person not in known for person, has in people[item].items())
                }
            )
        else:
            found.append({standing.customer_id for standing in standings if standing.state == query.state})
    return directory.in_order(org, set.intersection(*found))


def _is_wanted(row: ClientRow, query: ClientsQuery) -> bool:
    text = (
        f"{row.customer_name} {row.person.full_name} {row.person.email} "
        f"{row.account.email if row.account else ''}"
    ).casefold()
    return query.state in ("", row.state) and all(word in text for word in query.search.casefold().split())


def _rows(
    customer_id: str, name: str, stored: list[MirrorRow], accounts: Mapping[str, ClientAccount]
) -> list[ClientRow]:
    """The people of a customer, and behind them who has an account and is no longer among them: they must be
    seen to be revoked.
    """
    people = sorted(
        (ContactPerson.from_stored(row.body) for row in stored),
        key=lambda one: (one.full_name.casefold(), one.id),
    )
    rows = [ClientRow(person, name, accounts.get(person.id)) for person in people]
    left = {person.id for person in people}
    gone = [
        account
        for account in accounts.values()
        if account.customer_id == customer_id and account.person_id not in left
    ]
    return rows + [_row_without_customer(item) for item in gone]


def _rows_without_customer(org: str, query: ClientsQuery) -> list[ClientRow]:
    """Accounts of customers whom the copies do not hold at all; without a search or a state some of them,
    though more than are told of.
    """
    lost = services().directory.unknown(org, services().accounts.customers(org))
    some = lost if query.search or query.state else lost[: MAX_WITHOUT_CUSTOMER + 1]
    rows = [_row_without_customer(customer) for customer in services().accounts.of_customers(org, some)]
    return [row for row in rows if _is_wanted(row, query)]


def _row_without_customer(account: ClientAccount) -> ClientRow:
    person = ContactPerson(
        id=account.person_id, contact_id=account.customer_id, first_name=account.name, email=account.email
    )
    return ClientRow(person, NOT_READ_TEXT, account, is_in_zoho=False)


def _by_person(accounts: Iterable[ClientAccount]) -> dict[str, ClientAccount]:
    return {account.person_id: account for account in accounts}
