"""./dev bench list_page: does a list page of a customer with 20,000 invoices cost more than one of a customer
with 20?

Measured is what a warm page asks of the copies: one page of 25 rows, and whether its list has been read
whole. The two customers stand in the same mirror and are asked in turns. Templates and HTTP are not part of
it.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from redis import Redis

from cache.copies.mirror.mirror import Mirror
from cache.copies.mirror.mirror_row import IndexedRow, MirrorRow
from cache.copies.mirror.row_facets import RowFilter
from cache.scope import CustomerScope
from connectors.zoho.documents.invoice import Invoice
from development.redis_server import COPIES_OPTIONS, find_binary
from tests.bench.measuring import Measured, counted_redis, describe_machine, measure
from tests.gateway.sample_documents import MODIFIED, an_invoice, today
from tests.servers.free_ports import free_ports
from tests.servers.redis_server import RedisServer
from workers.copies.mirror_rows import mirror_row

ORG, KIND = "us-600123", "invoices"
SMALL, LARGE = "46000000000020", "46000000020000"
ROWS_PER_PAGE, ROWS_AT_ONCE = 25, 200
STATUSES = ("paid", "paid", "paid", "sent", "overdue", "partially_paid", "void")


def fill(copies: Redis, customers: dict[str, int]) -> None:
    """customers: id → how many invoices it has, over three years, in every status."""
    mirror = Mirror(copies)
    for customer, count in customers.items():
        rows = list(_rows(customer, count))
        for start in range(0, count, ROWS_AT_ONCE):
            mirror.put_page(ORG, rows[start : start + ROWS_AT_ONCE])
    mirror.mark_complete(ORG, KIND)


def pages(copies: Redis, small: int, large: int) -> dict[str, Callable[[], list[MirrorRow]]]:
    """The pages that are compared, by the words of the table."""
    overdue = {"statuses": frozenset({"overdue"}), "sort": "total"}
    return {
        f"first page of {small:,}": _page(copies, SMALL),
        f"first page of {large:,}": _page(copies, LARGE),
        f"overdue ones by amount, of {small:,}": _page(copies, SMALL, **overdue),
        f"overdue ones by amount, of {large:,}": _page(copies, LARGE, **overdue),
        f"page 20 of {large:,}": _page(copies, LARGE, offset=19 * ROWS_PER_PAGE),
    }


def searches(copies: Redis, large: int) -> dict[str, Callable[[], list[MirrorRow]]]:
    """Apart from the pages: a search looks through every row, and that costs what it costs."""
    return {f"a search through {large:,}": _page(copies, LARGE, narrowed=RowFilter(search="inv-000007"))}


def table(results: dict[str, Measured]) -> str:
    """Each line against the first one, which is the small customer's first page."""
    base = next(iter(results.values())).median
    lines = ["| page | median ms | 95 % ms | against the first line | round trips |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {item.median:.2f} | {item.p95:.2f} | {item.median / base:.2f} | {item.round_trips:g} |"
        for name, item in results.items()
    ]
    return "\n".join(lines)


def main(*, small: int = 20, large: int = 20_000, rounds: int = 200) -> int:
    binary = find_binary(Path(sys.prefix))
    if binary is None:
        sys.stderr.write("The benchmark needs a Redis on PATH, or ./dev test once.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(binary, port=free_ports(1)[0], folder=Path(folder), options=COPIES_OPTIONS)
        server.start()
        try:
            copies = counted_redis(server.url)
            fill(copies, {SMALL: small, LARGE: large})
            results = measure(pages(copies, small, large), rounds=rounds) | measure(
                searches(copies, large), rounds=10
            )
            sys.stdout.write(f"{describe_machine(copies)}\n\n{table(results)}\n")
            copies.close()
        finally:
            server.stop()
    return 0


def _page(copies: Redis, customer: str, **how: object) -> Callable[[], list[MirrorRow]]:
    """What gateway/reading/list_reader.py asks of the copies for one page."""
    mirror, scope = Mirror(copies), CustomerScope(org=ORG, customer_id=customer)
    wanted = {"sort": "date", "descending": True, "offset": 0, "limit": ROWS_PER_PAGE, **how}

    return lambda: mirror.page(scope, KIND, **wanted).rows  # type: ignore[arg-type]  # the words of one page


def _rows(customer: str, count: int) -> Iterator[IndexedRow]:
    for number in range(count):
        invoice: Invoice = an_invoice(
            f"{customer}{number:06d}",
            customer_id=customer,
            number=f"INV-{number:06d}",
            status=STATUSES[number % len(STATUSES)],
            date=today() - dt.timedelta(days=number % 1095),
            total=Decimal(number * 37 % 9973) + Decimal("0.50"),
        )
        yield mirror_row(KIND, invoice, MODIFIED)


if __name__ == "__main__":
    sys.exit(main())
