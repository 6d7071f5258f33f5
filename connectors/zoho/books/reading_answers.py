"""From Zoho's envelopes to pages and documents: the walls that stand between an answer and the rest of the
product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import structlog

from connectors.zoho.books.said import Page, Said
from connectors.zoho.errors import ZohoUnreadable
from connectors.zoho.http_line import ZohoLine
from connectors.zoho.line_answers import Answer
from connectors.zoho.operation import Call, Operation

log = structlog.get_logger()


class WithId(Protocol):
    @property
    def id(self) -> str: ...


class WithCustomer(WithId, Protocol):
    @property
    def customer_id(self) -> str: ...


Row = TypeVar("Row", bound=WithId)
CustomerRow = TypeVar("CustomerRow", bound=WithCustomer)


def page_of(
    line: ZohoLine, operation: Operation, key: str, read: Callable[..., Row], params: dict[str, str]
) -> Page[Row]:
    """One page. A row that cannot be read is collected.

    An answer that is no list at all raises ZohoUnreadable: an empty page would look like deletion.
    """
    answer = line.get(operation.at(), params)
    rows = rows_of(line, answer, key)
    read_rows, faults = read_each(line, rows, read)
    return Page(
        read_rows, has_more(line, answer, len(rows), params, key), answer.said_at, faults, _total(answer)
    )


def rows_of(line: ZohoLine, answer: Answer, key: str) -> list[Any]:
    """The list under `key`; a lone object counts as a list of one (FACTS 4.7)."""
    rows = answer.body.get(key)
    if isinstance(rows, dict):
        return [rows]
    if not isinstance(rows, list):
        raise ZohoUnreadable(org=line.org, kind=f"list of {key}", id="", field=key)
    return rows


def read_each(
    line: ZohoLine, rows: list[Any], read: Callable[..., Row]
) -> tuple[tuple[Row, ...], tuple[ZohoUnreadable, ...]]:
    """Rows read one by one, so that one bad row does not hide the others; faults are logged by id and
    field.
    """
    good, faults = [], []
    for row in rows:
        try:
            good.append(read(row, org=line.org))
        except ZohoUnreadable as fault:
            log.warning("zoho_row_unreadable", org=line.org, kind=fault.kind, id=fault.id, field=fault.field)
            faults.append(fault)
    return tuple(good), tuple(faults)


def only_of_customer(line: ZohoLine, page: Page[CustomerRow], customer_id: str) -> Page[CustomerRow]:
    """The page without rows of other customers: Zoho ignores a filter it does not know and sends everyone's
    (FACTS 2.5).
    """
    mine = tuple(row for row in page.rows if row.customer_id == customer_id)
    if len(mine) != len(page.rows):
        log.error(
            "zoho_list_held_other_customers",
            org=line.org,
            customer_id=customer_id,
            dropped=len(page.rows) - len(mine),
        )
    return replace(page, rows=mine, total=None)


def one_of(line: ZohoLine, call: Call, key: str, read: Callable[..., Row], wanted_id: str) -> Said[Row]:
    """One document by id. An answer about another document is refused like an unreadable one."""
    answer = line.get(call)
    document = read(answer.body.get(key), org=line.org)
    if document.id != wanted_id:
        raise ZohoUnreadable(
            org=line.org, kind=key, id=wanted_id, field="id", why="another document was sent"
        )
    return Said(document, answer.said_at)


def has_more(line: ZohoLine, answer: Answer, count: int, params: dict[str, str], key: str) -> bool:
    """Whether another page follows. A full page must say whether it was the last."""
    more = _page_context(answer).get("has_more_page")
    if isinstance(more, bool):
        return more
    if count >= int(params["per_page"]):
        raise ZohoUnreadable(org=line.org, kind=f"list of {key}", id="", field="page_context.has_more_page")
    return False


def _total(answer: Answer) -> int | None:
    """How long the whole list is. Only invoices tell, when asked to; the member's name is public clients'
    word, not Zoho's (FACTS 2.5).
    """
    total = _page_context(answer).get("total")
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None


def _page_context(answer: Answer) -> dict[str, Any]:
    """An object in reality, an array in some of Zoho's files (FACTS 2.5)."""
    context = answer.body.get("page_context")
    if isinstance(context, list) and len(context) == 1:
        context = context[0]
    return context if isinstance(context, dict) else {}
