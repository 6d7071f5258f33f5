"""Lists of Billing: a few documented filters, others silently ignored, pages of at most 200 (zoho.md 2.5,
2.6, 4.8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.world import Organisation, Record

LARGEST_PAGE = 200
Test = Callable[[Record, str], bool]


@dataclass(frozen=True, kw_only=True)
class BillingList:
    """How to list one kind. There is no sort parameter: newest first."""

    kind: str
    """Its name in the setting `ignores_customer_filter`."""
    key: str
    report_name: str
    filters: Mapping[str, Test] = field(default_factory=dict)
    """Query parameter → whether a stored record passes with that value."""
    groups: Mapping[str, Test] = field(default_factory=dict)
    """The prefixes of `filter_by`, such as SubscriptionStatus → whether a record belongs to the (lower-case)
    rest.
    """
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The known names per group; an unknown one is ignored like an unknown filter."""


def page_of(
    organisation: Organisation,
    listed: BillingList,
    records: Iterable[Record],
    asked: Mapping[str, str],
    row: Callable[[Record], Record],
) -> dict[str, Any]:
    """The rows and page_context of a list call."""
    found = sorted(
        _filtered(organisation, listed, records, asked), key=lambda one: int(one["created"]), reverse=True
    )
    page, per_page = (
        _whole(asked.get("page"), 1),
        min(_whole(asked.get("per_page"), LARGEST_PAGE), LARGEST_PAGE),
    )
    first = (page - 1) * per_page
    context = {
        "page": page,
        "per_page": per_page,
        "has_more_page": len(found) > first + per_page,
        "report_name": listed.report_name,
        "applied_filter": asked.get("filter_by") or "All",
        "sort_column": "created_time",
        "sort_order": "D",
    }
    return {listed.key: [row(item) for item in found[first : first + per_page]], "page_context": context}


def _filtered(
    organisation: Organisation, listed: BillingList, records: Iterable[Record], asked: Mapping[str, str]
) -> list[Record]:
    ignored = listed.kind in organisation.settings["ignores_customer_filter"]
    wanted = {} if ignored else {name: asked[name] for name in listed.filters if asked.get(name)}
    found = [
        record
        for record in records
        if all(listed.filters[name](record, value) for name, value in wanted.items())
    ]
    group, _, name = asked.get("filter_by", "").partition(".")
    if name.casefold() in listed.known.get(group, ()):
        found = [item for item in found if listed.groups[group](item, name.casefold())]
    return found


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text) > 0 else otherwise
