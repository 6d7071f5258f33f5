"""./dev bench clients: does the merchant's list of clients cost more with 100,000 customers than with 1,000?

Measured is the whole page as the app makes it, reading and template; HTTP is not part of it. Every customer
has one person who was read, one in ten was invited. Before the pages that are called changed a customer is
renamed, so that whatever is kept of the list is behind; the page must have the new name.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import sys
from collections.abc import Callable
from typing import Any, cast

from cache.copies import copy_keys
from cache.records.accounts import AccountState, ClientAccount
from cache.records.merchants import Merchant
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.app import create_app
from gateway.forms.list_query import ROWS_PER_PAGE
from gateway.sessions import cookie_name
from gateway.wiring import EXTENSION, Wiring
from tests.bench.bench_world import World, bench_world
from tests.bench.measuring import Measured, machine_words, measure
from tests.gateway.sample_documents import a_customer
from tests.gateway.seeding import SAID_AT, Seeding
from workers.document_rows import mirror_row, person_row

ROWS_AT_ONCE = 200
INVITED = 10
"""One customer in so many."""


class Merchants:
    """One merchant who looks after an organisation of each size."""

    def __init__(self, world: World, sizes: tuple[int, ...]) -> None:
        app = create_app(world.settings)
        self.wiring, self.sizes = cast(Wiring, app.extensions[EXTENSION]), sizes
        self._browser = app.test_client()
        for size in sizes:
            self._fill(size)
        orgs = tuple(org_of(size) for size in sizes)
        self.wiring.merchants.save(
            Merchant(id="ada", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=orgs)
        )
        cookie, _ = self.wiring.sessions.start("merchant", "ada", "")
        with app.test_request_context():
            self._browser.set_cookie(cookie_name(), cookie)

    def pages(self) -> dict[str, Callable[[], str]]:
        """What is looked at again and again, by the words of the table; the last page shows what paging
        costs.
        """
        found: dict[str, Callable[[], str]] = {}
        for size in self.sizes:
            found |= {
                f"first page of {size:,}": self._look(size, ""),
                f"last page of {size:,}": self._look(size, f"?page={-(-size // ROWS_PER_PAGE)}"),
            }
        return found

    def searches(self) -> dict[str, Callable[[], str]]:
        """Apart from the pages: these look at a line of every customer."""
        found: dict[str, Callable[[], str]] = {}
        for size in self.sizes:
            found |= {
                f"search in {size:,}": self._look(size, f"?q=quay+{size - 1:06}"),
                f"invited ones of {size:,}": self._look(size, "?state=invited"),
            }
        return found

    def changed_pages(self) -> dict[str, Callable[[], str]]:
        return {f"first page of {size:,}, changed": self._look_after_change(size) for size in self.sizes}

    def bytes_per_customer(self, size: int) -> float:
        """Of the order of the names, which is kept for this list alone; the words that are searched belong to
        the rows.
        """
        used: Any = self.wiring.redis.copies.memory_usage(
            copy_keys.places(org_of(size), "contacts"), samples=0
        )
        return float(used) / size

    def _look(self, size: int, query: str) -> Callable[[], str]:
        def look() -> str:
            answer = self._browser.get(f"/merchant/{org_of(size)}/clients{query}")
            assert answer.status_code == 200, answer.status
            return answer.get_data(as_text=True)

        return look

    def _look_after_change(self, size: int) -> Callable[[], str]:
        look, versions = self._look(size, ""), itertools.count(1)

        def look_after_change() -> str:
            version = next(versions)
            renamed = dataclasses.replace(
                _customer(size // 2),
                name=f"Aab {version:04}",
                modified_at=SAID_AT + dt.timedelta(hours=version),
            )
            self.wiring.mirror.put_page(org_of(size), [mirror_row("contacts", renamed, SAID_AT)])
            shown = look()
            assert renamed.name in shown, "the page is behind"
            return shown

        return look_after_change

    def _fill(self, size: int) -> None:
        org, seed = org_of(size), Seeding(self.wiring)
        seed.connect(org)
        for first in range(0, size, ROWS_AT_ONCE):
            made = [_customer(number) for number in range(first, min(first + ROWS_AT_ONCE, size))]
            self.wiring.mirror.put_page(org, [mirror_row("contacts", one, SAID_AT) for one in made])
            self.wiring.mirror.put_page(
                org, [person_row(person, one, SAID_AT) for one in made for person in one.persons]
            )
            for one in made[::INVITED]:
                self.wiring.accounts.save(_invited(org, one.persons[0]))
        seed.synced(org)


def org_of(size: int) -> str:
    return f"us-{600_000_000 + size}"


def table(results: dict[str, Measured]) -> str:
    """Each line against the first one."""
    base = next(iter(results.values())).median
    lines = ["| page | median ms | 95 % ms | against the first line |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {one.median:.1f} | {one.p95:.1f} | {one.median / base:.1f} |"
        for name, one in results.items()
    ]
    return "\n".join(lines)


def main(*, sizes: tuple[int, ...] = (1_000, 10_000, 100_000), rounds: int = 40) -> int:
    with bench_world() as world:
        merchants = Merchants(world, sizes)
        results = measure(merchants.pages(), rounds=rounds) | measure(merchants.searches(), rounds=10)
        results |= measure(merchants.changed_pages(), rounds=20)
        sys.stdout.write(f"{machine_words(world.redis.copies)}\n\n{table(results)}\n\n")
        sys.stdout.write(f"Bytes for each customer: {merchants.bytes_per_customer(sizes[-1]):.0f}\n")
    return 0


def _customer(number: int) -> Contact:
    contact_id, person_id = str(46_000_000_000_000 + number), str(47_000_000_000_000 + number)
    person = ContactPerson(
        id=person_id,
        contact_id=contact_id,
        first_name="Nora",
        last_name=f"West {number}",
        email=f"nora.{number}@quay.example",
    )
    return a_customer(
        contact_id, name=f"Quay {number:06}", company_name=f"Quay {number:06} Ltd", persons=(person,)
    )


def _invited(org: str, person: ContactPerson) -> ClientAccount:
    return ClientAccount(
        id=f"{org}-{person.id}",
        org=org,
        customer_id=person.contact_id,
        person_id=person.id,
        email=person.email,
        name=person.full_name,
        password_hash=None,
        state=AccountState.INVITED,
        created_at=SAID_AT,
    )


if __name__ == "__main__":
    sys.exit(main())
