"""Lists: the page returned by a list call (zoho.md 2.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.books.list_filters import Listing, read_filter
from sandbox.generated.listed_records import ListedRecords, ListQuery, written_of
from sandbox.refusals import invalid_value
from sandbox.runtime import place
from sandbox.world import Organisation, Record

LARGEST_PAGE = 200
WITH_NUMBER = "1"
"""Invoices only (zoho.md 2.5). Zoho's specification does not name the field of the number: public clients
read `total`.
"""
IDS = {
    "contacts": "contact_id",
    "estimates": "estimate_id",
    "invoices": "invoice_id",
    "payments": "payment_id",
    "recurring_invoices": "recurring_invoice_id",
    "credit_notes": "creditnote_id",
}


def page_of(
    organisation: Organisation, listing: Listing, asked: Mapping[str, str], row: Callable[[Record], Record]
) -> dict[str, Any]:
    """The rows and page_context of a list call. Raises Refused for unreadable values."""
    column = asked.get("sort_column") or listing.sort_column
    order = (asked.get("sort_order") or listing.sort_order)[:1].upper()
    may_sort_by_modified = listing.kind not in organisation.settings["refuses_modified_sort"]
    if column not in listing.columns and not (column == "last_modified_time" and may_sort_by_modified):
        raise invalid_value("sort_column")
    page, per_page = (
        _whole(asked.get("page"), 1),
        min(_whole(asked.get("per_page"), LARGEST_PAGE), LARGEST_PAGE),
    )
    records, total = _found(
        organisation, listing, asked, column, order == "D", (page - 1) * per_page, per_page
    )
    rows = [row(record) for record in records]
    if listing.kind in organisation.settings["without_modified_time"]:
        rows = [
            {name: value for name, value in item.items() if name != "last_modified_time"} for item in rows
        ]
    context: Record = {
        "page": page,
        "per_page": per_page,
        "has_more_page": total > page * per_page,
        "report_name": listing.report_name,
        "applied_filter": asked.get("filter_by") or "Status.All",
        "sort_column": column,
        "sort_order": order,
    }
    if listing.kind == "invoices" and asked.get("response_option") == WITH_NUMBER:
        context["total"] = total
    return {listing.key: rows, "page_context": context}


def sort_key(listing: Listing, column: str) -> Callable[[Record], tuple[Any, str]]:
    """By a column, then by id."""
    own_id = IDS[listing.kind]
    read = listing.value({"created_time": "created", "last_modified_time": "modified"}.get(column, column))
    return lambda record: (_comparable(read(record)), record[own_id])


def _found(
    organisation: Organisation,
    listing: Listing,
    asked: Mapping[str, str],
    column: str,
    descending: bool,
    first: int,
    count: int,
) -> tuple[list[Record], int]:
    """`count` records from position `first`, and the number of all matches."""
    fitting = read_filter(place().world, organisation, listing, asked)
    documents, key = organisation.documents(listing.kind), sort_key(listing, column)
    written = sorted(
        (record for record in written_of(documents) if all(test(record) for test in fitting.tests)),
        key=key,
        reverse=descending,
    )
    if not isinstance(documents, ListedRecords):
        return written[first : first + count], len(written)
    list_query = ListQuery(
        tests=fitting.tests,
        memory=fitting.memory,
        customer_id=fitting.customer_id,
        since=fitting.since,
        column=column,
        key=key,
        descending=descending,
    )
    return documents.page(written, list_query, first, count)


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text) > 0 else otherwise
