"""The merchant's list of clients: customers by name, page by page, with the people of each and what became of them here.

A page without a filter costs what stands on it; a filter or a search looks at one short line per customer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cache.copies.customer_directory import CustomerLine
from cache.records.accounts import AccountState, ClientAccount, Standing, normal_email
from cache.records.connection import ConnectionState
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.access import OrganisationVisit
from gateway.forms.list_query import ROWS_PER_PAGE, PageNumbers
from gateway.forms.merchant_clients import ClientsQuery
from gateway.look_alikes import odd_letters
from gateway.wiring import wired

NOT_READ = "not among the contacts read from Zoho"
STATE_WORDS = {
    "none": ("Not invited", "quiet"), "no_email": ("No e-mail", "quiet"), AccountState.INVITED: ("Invited", "waiting"),
    AccountState.ACTIVE: ("Active", "good"), AccountState.REVOKED: ("Revoked", "bad"),
}  # fmt: skip


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
        return self.account is not None and normal_email(self.account.email) != normal_email(self.person.email)

    @property
    def odd_letters(self) -> str:
        """Letters of the address that may be taken for others, by name; "" for none."""
        return odd_letters(self.person.email)

    @property
    def word(self) -> str:
        return STATE_WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return STATE_WORDS[self.state][1]


@dataclass(frozen=True)
class ClientPage:
    """unread: customers on this page whose people are being asked for."""

    rows: list[ClientRow]
    unread: list[str]
    numbers: PageNumbers


def client_page(visit: OrganisationVisit, query: ClientsQuery) -> ClientPage:
    """The page of the list that the address asks for. People who were not read yet are asked for behind it."""
    standings: dict[str, list[Standing]] = {}
    for one in wired().accounts.standings(visit.org):
        standings.setdefault(one.customer_id, []).append(one)
    if query.search or query.state:
        found = [line for line in wired().directory.customers(visit.org) if _fits(line, standings.get(line.customer_id, []), query)]
        numbers = query.numbers(len(found))
        lines = found[numbers.first - 1 : numbers.last]
    else:
        lines, total = wired().directory.some(visit.org, (query.page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE)
        numbers = query.numbers(total)
    accounts = _accounts(one for line in lines for one in standings.get(line.customer_id, ()))
    people = wired().directory.people(visit.org, [line.customer_id for line in lines])
    rows, unread = [], []
    for line in lines:
        theirs = [ContactPerson.from_stored(row.body) for row in people[line.customer_id]]
        rows += _rows(line.customer_id, line.name, theirs, accounts)
        if not theirs and _was_not_read(visit, line.customer_id):
            unread.append(line.name)
            if visit.connection.state is ConnectionState.CONNECTED:
                wired().doorbell.ring_document(visit.org, "contacts", line.customer_id)
    if numbers.number == 1:
        rows += _of_no_customer(visit.org, standings)
    return ClientPage([row for row in rows if _is_wanted(row, query)], unread, numbers)


def client_row(org: str, person_id: str) -> ClientRow | None:
    """One person by their id, whether Zoho still has them or only their account is left; None for nobody."""
    stored, account = wired().directory.person(org, person_id), wired().accounts.by_person(org, person_id)
    if stored is not None:
        customer = wired().directory.customer_bodies(org, [stored.customer_id]).get(stored.customer_id, {})
        return ClientRow(ContactPerson.from_stored(stored.body), str(customer.get("name", "")), account)
    return _left_alone(account) if account is not None else None


def _fits(line: CustomerLine, standings: list[Standing], query: ClientsQuery) -> bool:
    if not all(word in line.words for word in query.search.casefold().split()):
        return False
    if query.state == "none":
        return line.with_address > len(standings)
    if query.state == "no_email":
        return line.people > line.with_address
    return not query.state or any(one.state == query.state for one in standings)


def _is_wanted(row: ClientRow, query: ClientsQuery) -> bool:
    text = f"{row.customer_name} {row.person.full_name} {row.person.email} {row.account.email if row.account else ''}".casefold()
    return query.state in ("", row.state) and all(word in text for word in query.search.casefold().split())


def _rows(customer_id: str, name: str, people: list[ContactPerson], accounts: Mapping[str, ClientAccount]) -> list[ClientRow]:
    """The people of a customer, and behind them who has an account and is no longer among them: they must be seen to be revoked."""
    people = sorted(people, key=lambda one: (one.full_name.casefold(), one.id))
    rows = [ClientRow(person, name, accounts.get(person.id)) for person in people]
    left = {one.id for one in people}
    gone = [one for one in accounts.values() if one.customer_id == customer_id and one.person_id not in left]
    return rows + [_left_alone(one) for one in gone]


def _of_no_customer(org: str, standings: Mapping[str, list[Standing]]) -> list[ClientRow]:
    """Accounts of customers whom the copies do not hold at all."""
    known = wired().directory.customer_bodies(org, sorted(standings))
    lost = _accounts(one for customer_id in standings if customer_id not in known for one in standings[customer_id])
    return [_left_alone(one) for one in lost.values()]


def _left_alone(account: ClientAccount) -> ClientRow:
    person = ContactPerson(id=account.person_id, contact_id=account.customer_id, first_name=account.name, email=account.email)
    return ClientRow(person, NOT_READ, account, is_in_zoho=False)


def _accounts(standings: Iterable[Standing]) -> dict[str, ClientAccount]:
    """Person id → account."""
    return {one.person_id: one for one in wired().accounts.several(one.account_id for one in standings)}


def _was_not_read(visit: OrganisationVisit, customer_id: str) -> bool:
    """Whether nobody has asked Zoho for this customer's people; who has none there was read as well."""
    return not wired().documents.was_read(visit.org, "contacts", customer_id)
