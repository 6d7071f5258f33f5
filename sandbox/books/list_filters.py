"""The query of a list call; unknown filters are silently ignored, as in Zoho (zoho.md 2.5, 2.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.amounts import exact
from sandbox.refusals import invalid_value
from sandbox.times import read_zoho_time
from sandbox.world import Organisation, Record, World

Test = Callable[[Record], bool]
NO_FILTERS = frozenset({"organization_id", "page", "per_page", "sort_column", "sort_order"})


@dataclass(frozen=True, kw_only=True)
class Listing:
    """How to list one kind. The callables take the stored record."""

    kind: str
    key: str
    """The list's key in the response."""
    report_name: str
    status: Callable[[Record], str]
    status_filters: Mapping[str, Callable[[Record, str], bool]] = field(default_factory=dict)
    """Statuses that mean a group: name → whether a record with that status belongs to it."""
    exact_filters: tuple[str, ...] = ("customer_id", "reference_number")
    text_filters: tuple[str, ...] = ("customer_name",)
    number_filters: tuple[str, ...] = ("total",)
    date_filters: tuple[str, ...] = ("date",)
    line_filters: Mapping[str, str] = field(default_factory=dict)
    """Filters by the document's lines: name → field of a line."""
    computed: Mapping[str, Callable[[Record], Any]] = field(default_factory=dict)
    """Fields to filter and sort by that are not stored in a record."""
    fleeting: tuple[str, ...] = ()
    """Computed fields that also depend on other records."""
    searched: tuple[str, ...] = ()
    also: Test | None = None
    """An extra filter of this kind, with the query already bound."""
    columns: tuple[str, ...] = ("created_time",)
    sort_column: str = "created_time"
    sort_order: str = "D"
    day: str = ""
    """The organisation's day, if statuses depend on it."""

    def value(self, name: str) -> Callable[[Record], Any]:
        """How to read a field of a record."""
        return self.computed.get(name) or (lambda record: record[name])


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Tests a record must pass, and which records to search: one customer's, or those changed since
    (seconds).
    """

    tests: tuple[Test, ...]
    customer_id: str
    since: int | None
    memory: str
    """Cache key: the query and everything the result depends on besides the records; "" if everything
    matches.
    """


def read_filter(
    world: World, organisation: Organisation, listing: Listing, asked: Mapping[str, str]
) -> Filter:
    """The filters of the query that this organisation honours. Raises Refused for unreadable values."""
    now = world.clock.seconds()
    deaf = organisation.settings["ignores_customer_filter"], organisation.settings["ignores_modified_since"]
    unknown = organisation.settings["ignores_filters"]
    by_customer = "customer_id" in listing.exact_filters and listing.kind not in deaf[0]
    tests: list[Test] = [listing.also] if listing.also else []
    for name, value in asked.items():
        if value and name not in (*NO_FILTERS, *unknown) and (name != "customer_id" or by_customer):
            tests += _test(listing, name, value)
    status = asked.get("status") or asked.get("filter_by", "").removeprefix("Status.")
    if status and "PaymentMode" not in status and "Date." not in status and status.lower() != "all":
        tests.append(_status_test(listing, status.lower()))
    since = _since(asked) if listing.kind not in deaf[1] else None
    lag = organisation.settings["delta_lag_seconds"]
    if since is not None:
        tests.append(
            lambda record: since <= record["modified"] and (not lag or record["modified"] <= now - lag)
        )
    wanted = sorted((name, value) for name, value in asked.items() if value and name not in NO_FILTERS)
    fleeting = (
        now if lag and since is not None else 0,
        world.revision if any(name in listing.fleeting for name, _ in wanted) else 0,
    )
    memory = f"{wanted} {deaf} {unknown} {listing.day} {fleeting}" if tests else ""
    return Filter(
        tests=tuple(tests),
        customer_id=asked.get("customer_id", "") if by_customer else "",
        since=since,
        memory=memory,
    )


def _since(asked: Mapping[str, str]) -> int | None:
    given = asked.get("last_modified_time")
    if not given:
        return None
    moment = read_zoho_time(given)
    if moment is None:
        raise invalid_value("last_modified_time")
    return moment


def _test(listing: Listing, name: str, value: str) -> list[Test]:
    """A query parameter as a test; none for unknown parameters, as in Zoho."""
    low = value.casefold()
    if name in listing.exact_filters:
        read = listing.value(name)
        return [lambda record: str(read(record)) == value]
    if name == "search_text":
        return [lambda record: any(low in str(record[item]).casefold() for item in listing.searched)]
    for line_name, line_field in listing.line_filters.items():
        if name.removeprefix(line_name) in _TEXTS:
            return [_line_test(line_field, _TEXTS[name.removeprefix(line_name)], low)]
    for field_name in listing.text_filters:
        if name.removeprefix(field_name) in _TEXTS:
            return [_text_test(listing.value(field_name), _TEXTS[name.removeprefix(field_name)], low)]
    for field_name in listing.number_filters:
        if name.removeprefix(field_name) in _NUMBERS:
            return [
                _number_test(
                    listing.value(field_name), _NUMBERS[name.removeprefix(field_name)], _number(name, value)
                )
            ]
    for field_name in listing.date_filters:
        if name.removeprefix(field_name) in _DATES:
            return [_date_test(listing.value(field_name), _DATES[name.removeprefix(field_name)], value)]
    return []


def _text_test(read: Callable[[Record], Any], compare: Callable[[str, str], bool], given: str) -> Test:
    return lambda record: compare(str(read(record)).casefold(), given)


def _line_test(line_field: str, compare: Callable[[str, str], bool], given: str) -> Test:
    return lambda record: any(
        compare(str(line[line_field]).casefold(), given) for line in record["line_items"]
    )


def _number_test(
    read: Callable[[Record], Any], compare: Callable[[Decimal, Decimal], bool], given: Decimal
) -> Test:
    return lambda record: compare(exact(read(record)), given)


def _date_test(read: Callable[[Record], Any], compare: Callable[[str, str], bool], given: str) -> Test:
    return lambda record: bool(read(record)) and compare(read(record), given)


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


def _number(name: str, value: str) -> Decimal:
    try:
        return exact(value)
    except InvalidOperation:
        raise invalid_value(name) from None
