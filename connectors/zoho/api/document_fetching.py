"""From Zoho's envelopes to pages and documents, with the checks that keep bad answers out of the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import structlog

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_responses import ApiResponse
from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.operation import Call, Operation

log = structlog.get_logger()


class WithId(Protocol):
    @property
    def id(self) -> str: ...


class WithCustomer(WithId, Protocol):
    @property
    def customer_id(self) -> str: ...


Row = TypeVar("Row", bound=WithId)
CustomerRow = TypeVar("CustomerRow", bound=WithCustomer)


def fetch_page(
    api: ApiClient, operation: Operation, key: str, parse: Callable[..., Row], params: dict[str, str]
) -> Page[Row]:
    """One page; unreadable rows are collected separately.

    An answer that is not a list raises ZohoUnreadable: an empty page would look like deletion.
    """
    response = api.get(operation.at(), params)
    rows = rows_of(api, response, key)
    parsed_rows, faults = parse_rows(api, rows, parse)
    return Page(
        parsed_rows, has_more(api, response, len(rows), params, key), response.as_of, faults, _total(response)
    )


def rows_of(api: ApiClient, response: ApiResponse, key: str) -> list[Any]:
    """The list under `key`; a single object counts as a list of one (zoho.md 4.7)."""
    rows = response.body.get(key)
    if isinstance(rows, dict):
        return [rows]
    if not isinstance(rows, list):
        raise ZohoUnreadable(org=api.org, kind=f"list of {key}", id="", field=key)
    return rows


def parse_rows(
    api: ApiClient, rows: list[Any], parse: Callable[..., Row]
) -> tuple[tuple[Row, ...], tuple[ZohoUnreadable, ...]]:
    """Read rows one by one, so that one bad row does not hide the others; faults are logged by id
    and field.
    """
    good, faults = [], []
    for row in rows:
        try:
            good.append(parse(row, org=api.org))
        except ZohoUnreadable as fault:
            log.warning("zoho_row_unreadable", org=api.org, kind=fault.kind, id=fault.id, field=fault.field)
            faults.append(fault)
    return tuple(good), tuple(faults)


def only_of_customer(api: ApiClient, page: Page[CustomerRow], customer_id: str) -> Page[CustomerRow]:
    """The page without rows of other customers: Zoho ignores unknown filters and returns every customer's
    rows (zoho.md 2.5).
    """
    mine = tuple(row for row in page.rows if row.customer_id == customer_id)
    if len(mine) != len(page.rows):
        log.error(
            "zoho_list_held_other_customers",
            org=api.org,
            customer_id=customer_id,
            dropped=len(page.rows) - len(mine),
        )
    return replace(page, rows=mine, total=None)


def fetch_document(
    api: ApiClient, call: Call, key: str, parse: Callable[..., Row], wanted_id: str
) -> Fetched[Row]:
    """One document by id. An answer about another document is treated as unreadable."""
    response = api.get(call)
    document = parse(response.body.get(key), org=api.org)
    if document.id != wanted_id:
        raise ZohoUnreadable(org=api.org, kind=key, id=wanted_id, field="id", why="another document was sent")
    return Fetched(document, response.as_of)


def has_more(api: ApiClient, response: ApiResponse, count: int, params: dict[str, str], key: str) -> bool:
    """Whether another page follows. A full page must say whether it is the last."""
    more = _page_context(response).get("has_more_page")
    if isinstance(more, bool):
        return more
    if count >= int(params["per_page"]):
        raise ZohoUnreadable(org=api.org, kind=f"list of {key}", id="", field="page_context.has_more_page")
    return False


def _total(response: ApiResponse) -> int | None:
    """The length of the whole list. Only invoices return it, on request; the field's name is known from
    public clients, not from Zoho (zoho.md 2.5).
    """
    total = _page_context(response).get("total")
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None


def _page_context(response: ApiResponse) -> dict[str, Any]:
    """An object in practice, an array in some of Zoho's specifications (zoho.md 2.5)."""
    context = response.body.get("page_context")
    if isinstance(context, list) and len(context) == 1:
        context = context[0]
    return context if isinstance(context, dict) else {}
