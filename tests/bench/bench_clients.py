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

from cache.copies.mirror import keys as mirror_keys
from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.merchants import Merchant
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.app import create_app
from gateway.reading.list_query import ROWS_PER_PAGE
from gateway.web.services import EXTENSION
from gateway.web.sessions import cookie_name
from tests.bench.bench_world import World, bench_world
from tests.bench.measuring import Measured, describe_machine, measure
from tests.gateway.sample_documents import a_customer
from tests.gateway.seeding import AS_OF, Seeding
from workers.copies.mirror_rows import mirror_row, person_row
from workers.services import Services

ROWS_AT_ONCE = 200
INVITED = 10
"""One customer in so many."""


class Merchants:
    """One merchant who looks after an organisation of each size."""

    def __init__(self, world: World, sizes: tuple[int, ...]) -> None:
        app = create_app(world.settings)
        self.services, self.sizes = cast(Services, app.extensions[EXTENSION]), sizes
        self._browser = app.test_client()
        for size in sizes:
            self._fill(size)
        orgs = tuple(org_of(size) for size in sizes)
        self.services.merchants.save(
            Merchant(id="ada", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=orgs)
        )
        cookie, _ = self.services.sessions.start("merchant", "ada", "")
        with app.test_request_context():
            self._browser.set_cookie(cookie_name(), cookie)

    def pages(self) -> dict[str, Callable[[], str]]:
        """What is looked at again and again, by the words of the table; the last page shows what paging
        costs.
        """
        found: dict[str, Callable[[], str]] = {}
        for size in self.sizes:
            found |= {
                f"first page of {size:,}": self._page_load(size, ""),
                f"last page of {size:,}": self._page_load(size, f"?page={-(-size // ROWS_PER_PAGE)}"),
            }
        return found

    def searches(self) -> dict[str, Callable[[], str]]:
        """Apart from the pages: these look at a line of every customer."""
        found: dict[str, Callable[[], str]] = {}
        for size in self.sizes:
            found |= {
                f"search in {size:,}": self._page_load(size, f"?q=quay+{size - 1:06}"),
                f"invited ones of {size:,}": self._page_load(size, "?state=invited"),
            }
        return found

    def changed_pages(self) -> dict[str, Callable[[], str]]:
        return {f"first page of {size:,}, changed": self._page_load_after_change(size) for size in self.sizes}

    def bytes_per_customer(self, size: int) -> float:
        """Of the order of the names, which is kept for this list alone; the words that are searched belong to
        the rows.
        """
        used: Any = self.services.stores.copies.memory_usage(
            mirror_keys.places(org_of(size), "contacts"), samples=0
        )
        return float(used) / size

    def _page_load(self, size: int, query: str) -> Callable[[], str]:
        def page_load() -> str:
            answer = self._browser.get(f"/merchant/{org_of(size)}/clients{query}")
            assert answer.status_code == 200, answer.status
            return answer.get_data(as_text=True)

        return page_load

    def _page_load_after_change(self, size: int) -> Callable[[], str]:
        page_load, versions = self._page_load(size, ""), itertools.count(1)

        def look_after_change() -> str:
            version = next(versions)
            renamed = dataclasses.replace(
                _customer(size // 2),
                name=f"Aab {version:04}",
                modified_at=AS_OF + dt.timedelta(hours=version),
            )
            self.services.mirror.put_page(org_of(size), [mirror_row("contacts", renamed, AS_OF)])
            shown = page_load()
            assert renamed.name in shown, "the page is behind"
            return shown

        return look_after_change

    def _fill(self, size: int) -> None:
        org, seed = org_of(size), Seeding(self.services)
        seed.connect(org)
        for first in range(0, size, ROWS_AT_ONCE):
            made = [_customer(number) for number in range(first, min(first + ROWS_AT_ONCE, size))]
            self.services.mirror.put_page(org, [mirror_row("contacts", item, AS_OF) for item in made])
            self.services.mirror.put_page(
                org, [person_row(person, item, AS_OF) for item in made for person in item.persons]
            )
            for item in made[::INVITED]:
                self.services.accounts.save(_invited(org, item.persons[0]))
        seed.synced(org)


def org_of(size: int) -> str:
    return f"us-{600_000_000 + size}"


def table(results: dict[str, Measured]) -> str:
    """Each line against the first one."""
    base = next(iter(results.values())).median
    lines = ["| page | median ms | 95 % ms | against the first line |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {item.median:.1f} | {item.p95:.1f} | {item.median / base:.1f} |"
        for name, item in results.items()
    ]
    return "\n".join(lines)


def main(*, sizes: tuple[int, ...] = (1_000, 10_000, 100_000), rounds: int = 40) -> int:
    with bench_world() as world:
        merchants = Merchants(world, sizes)
        results = measure(merchants.pages(), rounds=rounds) | measure(merchants.searches(), rounds=10)
        results |= measure(merchants.changed_pages(), rounds=20)
        sys.stdout.write(f"{describe_machine(world.stores.copies)}\n\n{table(results)}\n\n")
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
        created_at=AS_OF,
    )


if __name__ == "__main__":
    sys.exit(main())
