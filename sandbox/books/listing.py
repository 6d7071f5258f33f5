"""Lists: filters, order and pages, with Zoho's silence about filters it does not know (FACTS 2.5, 2.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.amounts import exact
from sandbox.refusals import invalid_value
from sandbox.times import read_zoho_time
from sandbox.world import Organisation, Record

LARGEST_PAGE = 200
Test = Callable[[Record], bool]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """How one kind is listed. The callables take the stored record."""

    kind: str
    key: str
    """The name of the list in the answer."""
    report_name: str
    status: Callable[[Record], str]
    status_filters: Mapping[str, Callable[[Record, str], bool]] = field(default_factory=dict)
    """Statuses that stand for a group: name → whether a record with that status belongs to it."""
    exact_filters: tuple[str, ...] = ("customer_id", "reference_number")
    text_filters: tuple[str, ...] = ("customer_name",)
    number_filters: tuple[str, ...] = ("total",)
    date_filters: tuple[str, ...] = ("date",)
    searched: tuple[str, ...] = ()
    also: Callable[[Record], bool] = lambda record: True
    """A filter of this kind's own, already holding what was asked."""
    columns: tuple[str, ...] = ("created_time",)
    sort_column: str = "created_time"
    sort_order: str = "D"


def page_of(organisation: Organisation, listing: Listing, asked: Mapping[str, str], row: Callable[[Record], Record]) -> dict[str, Any]:
    """The rows and the page_context that a list call answers. Raises Refused for values that cannot be read."""
    records = [record for record in _filtered(organisation, listing, asked) if listing.also(record)]
    column, order = (
        asked.get("sort_column") or listing.sort_column,
        (asked.get("sort_order") or listing.sort_order)[:1].upper(),
    )
    may_sort_by_modified = listing.kind not in organisation.settings["refuses_modified_sort"]
    if column not in listing.columns and not (column == "last_modified_time" and may_sort_by_modified):
        raise invalid_value("sort_column")
    records.sort(key=_sort_key(column, listing), reverse=order == "D")
    page, per_page = _whole(asked.get("page"), 1), min(_whole(asked.get("per_page"), LARGEST_PAGE), LARGEST_PAGE)
    first = (page - 1) * per_page
    rows = [row(record) for record in records[first : first + per_page]]
    if listing.kind in organisation.settings["without_modified_time"]:
        rows = [{name: value for name, value in one.items() if name != "last_modified_time"} for one in rows]
    context = {
        "page": page,
        "per_page": per_page,
        "has_more_page": len(records) > first + per_page,
        "report_name": listing.report_name,
        "applied_filter": asked.get("filter_by") or "Status.All",
        "sort_column": column,
        "sort_order": order,
    }
    return {listing.key: rows, "page_context": context}


def _filtered(organisation: Organisation, listing: Listing, asked: Mapping[str, str]) -> list[Record]:
    tests: list[Test] = []
    for name, value in asked.items():
        if value and not (name == "customer_id" and listing.kind in organisation.settings["ignores_customer_filter"]):
            tests += _test(listing, name, value)
    status = asked.get("status") or asked.get("filter_by", "").removeprefix("Status.")
    if status and "PaymentMode" not in status and "Date." not in status and status.lower() != "all":
        tests.append(_status_test(listing, status.lower()))
    since = asked.get("last_modified_time")
    if since and listing.kind not in organisation.settings["ignores_modified_since"]:
        moment = read_zoho_time(since)
        if moment is None:
            raise invalid_value("last_modified_time")
        tests.append(lambda record: record["modified"] >= moment)
    records = organisation.documents(listing.kind).values()
    return [record for record in records if all(test(record) for test in tests)]


def _test(listing: Listing, name: str, value: str) -> list[Test]:
    """What a query parameter means as a test; none for parameters that are not known, as in Zoho."""
    low = value.casefold()
    if name in listing.exact_filters:
        return [lambda record: str(record[name]) == value]
    if name == "search_text":
        return [lambda record: any(low in str(record[one]).casefold() for one in listing.searched)]
    for field_name in listing.text_filters:
        if name.removeprefix(field_name) in _TEXTS:
            return [_text_test(field_name, _TEXTS[name.removeprefix(field_name)], low)]
    for field_name in listing.number_filters:
        if name.removeprefix(field_name) in _NUMBERS:
            return [_number_test(field_name, _NUMBERS[name.removeprefix(field_name)], _number(name, value))]
    for field_name in listing.date_filters:
        if name.removeprefix(field_name) in _DATES:
            return [_date_test(field_name, _DATES[name.removeprefix(field_name)], value)]
    return []


def _text_test(field_name: str, compare: Callable[[str, str], bool], given: str) -> Test:
    return lambda record: compare(str(record[field_name]).casefold(), given)


def _number_test(field_name: str, compare: Callable[[Decimal, Decimal], bool], given: Decimal) -> Test:
    return lambda record: compare(exact(record[field_name]), given)


def _date_test(field_name: str, compare: Callable[[str, str], bool], given: str) -> Test:
    return lambda record: bool(record[field_name]) and compare(record[field_name], given)


_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "": lambda mine, given: mine == given,
    "_startswith": lambda mine, given: mine.startswith(given),
    "_contains": lambda mine, given: given in mine,
}
_NUMBERS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "": lambda mine, given: mine == given,
    "_less_than": lambda mine, given: mine < given,
    "_less_equals": lambda mine, given: mine <= given,
    "_greater_than": lambda mine, given: mine > given,
    "_greater_equals": lambda mine, given: mine >= given,
}
_DATES: dict[str, Callable[[str, str], bool]] = {
    "": lambda mine, given: mine == given,
    "_start": lambda mine, given: mine >= given,
    "_end": lambda mine, given: mine <= given,
    "_before": lambda mine, given: mine < given,
    "_after": lambda mine, given: mine > given,
}


def _status_test(listing: Listing, wanted: str) -> Test:
    group = listing.status_filters.get(wanted)
    if group is not None:
        return lambda record: group(record, listing.status(record))
    return lambda record: listing.status(record) == wanted


def _sort_key(column: str, listing: Listing) -> Callable[[Record], tuple[Any, str]]:
    stored = {"created_time": "created", "last_modified_time": "modified"}.get(column, column)
    own_id = _ID_FIELDS[listing.kind]
    return lambda record: (_comparable(record[stored]), record[own_id])


_ID_FIELDS = {
    "contacts": "contact_id",
    "estimates": "estimate_id",
    "invoices": "invoice_id",
    "payments": "payment_id",
    "recurring_invoices": "recurring_invoice_id",
    "credit_notes": "creditnote_id",
}


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _number(name: str, value: str) -> Decimal:
    try:
        return exact(value)
    except InvalidOperation:
        raise invalid_value(name) from None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text) > 0 else otherwise
