"""A client's warm list page through the real web server, beside a bare page of the same size on the same
server.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from cache.clock import store_now
from cache.records.connections.call_budget import CallClass
from cache.scope import CustomerScope
from gateway.app import create_app
from gateway.web.services import EXTENSION
from gateway.web.sessions import cookie_name
from tests.bench.bench_list_page import LARGE, ORG, SMALL, fill
from tests.bench.bench_world import World
from tests.bench.measuring import BARE_PAGE
from tests.bench.quiet_day import at_share
from tests.bench.web_server import web_server
from tests.gateway.sample_documents import a_customer
from tests.gateway.seeding import Seeding
from workers.services import Services

AT_ONCE = 4
PAGE = "/invoices"


@dataclass(frozen=True)
class Line:
    """seconds: of each answer; rate: answers per second, with four browsers at once."""

    name: str
    rate: float
    seconds: list[float]


class Portal:
    """gunicorn with a customer of `small` invoices, one of `large`, and a signed-in client of each."""

    def __init__(self, world: World, *, small: int, large: int) -> None:
        world.stores.records.flushdb()
        world.stores.copies.flushdb()
        self.small, self.large, app = small, large, create_app(world.settings)
        self.world, self.services = world, cast(Services, app.extensions[EXTENSION])
        seed = Seeding(self.services)
        seed.connect(ORG)
        fill(world.stores.copies, {SMALL: small, LARGE: large})
        seed.synced(ORG)
        now = store_now(world.stores.records)
        for name in ("contacts", "invoices", "estimates", "payments"):
            self.services.sync_states.update(ORG, name, last_success=now)
        with app.test_request_context():
            self._cookie_name = cookie_name()
        self.cookies = {customer: self._client(seed, customer) for customer in (SMALL, LARGE)}
        self.address = ""

    @contextmanager
    def running(self) -> Iterator[None]:
        with web_server(
            self.world, "tests.bench.served:app", BARE_PAGE_BYTES=str(len(self._one_page()))
        ) as self.address:
            yield

    def measure(self, *, rounds: int, requests: int) -> list[Line]:
        """Each of the pages `requests` times a round, in turns, so that what disturbs the machine disturbs
        all.
        """
        kinds = {
            "a bare page of the same size": (BARE_PAGE, ""),
            "a signed-in page without a list": ("/requests", SMALL),
            f"invoices of the customer with {self.small:,}": (PAGE, SMALL),
            f"invoices of the customer with {self.large:,}": (PAGE, LARGE),
        }
        seconds: dict[str, list[float]] = {name: [] for name in kinds}
        spent = dict.fromkeys(kinds, 0.0)
        for number in range(rounds + 1):
            for name, (path, customer) in kinds.items():
                start = time.perf_counter()
                found = self._ask(path, self.cookies.get(customer, ""), requests)
                if number:
                    spent[name] += time.perf_counter() - start
                    seconds[name] += found
        return [Line(name, len(seconds[name]) / spent[name], seconds[name]) for name in kinds]

    def calls_to_zoho(self) -> int:
        counted = self.services.zoho.books_budget.today(ORG)
        return sum(counted[item].calls for item in CallClass)

    def _one_page(self) -> bytes:
        """The page whose size the bare one has."""
        app = create_app(self.world.settings)
        browser = app.test_client()
        browser.set_cookie(self._cookie_name, self.cookies[LARGE])
        answer = browser.get(PAGE)
        assert answer.status_code == 200, answer.status
        return cast(bytes, answer.get_data())

    def _client(self, seed: Seeding, customer: str) -> str:
        seed.has(a_customer(customer, name=f"Customer {customer}", persons=()), org=ORG)
        account = seed.client(
            customer, f"9{customer}", email=f"{customer}@x.example", name="Nora West", org=ORG
        )
        cookie, _ = self.services.sessions.start("client", account.id, ORG)
        assert self.services.mirror.page(
            CustomerScope(ORG, customer), "invoices", sort="date", descending=True, offset=0, limit=1
        ).rows
        return cookie

    def _ask(self, path: str, cookie: str, requests: int) -> list[float]:
        with ThreadPoolExecutor(AT_ONCE) as browsers:
            each = [requests // AT_ONCE] * AT_ONCE
            return [
                item
                for found in browsers.map(lambda count: self._browse(path, cookie, count), each)
                for item in found
            ]

    def _browse(self, path: str, cookie: str, count: int) -> list[float]:
        line, seconds = http.client.HTTPConnection(self.address, timeout=30), []
        headers = {"Cookie": f"{self._cookie_name}={cookie}"} if cookie else {}
        for _ in range(count):
            start = time.perf_counter()
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            body = answer.read()
            seconds.append(time.perf_counter() - start)
            assert answer.status == 200 and len(body) > 1000, f"{path} answered {answer.status}"
        line.close()
        return seconds


def table(lines: list[Line]) -> str:
    """Against the bare page, which is the first."""
    bare = lines[0]
    rows = ["| page | a second | against the bare page | median ms | 99 % ms |", "|---|---|---|---|---|"]
    rows += [
        f"| {line.name} | {line.rate:.0f} | {line.rate / bare.rate:.2f} | "
        f"{at_share(line.seconds, 0.5) * 1000:.1f} | "
        f"{at_share(line.seconds, 0.99) * 1000:.1f} |"
        for line in lines
    ]
    return "\n".join(rows)
