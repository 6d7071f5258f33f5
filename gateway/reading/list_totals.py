"""Totals of a filtered invoice list per currency: over all matches, or none if there are too many to add
up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import OPEN_STATUSES, Invoice
from gateway.reading.list_query import ListQuery
from gateway.reading.list_reader import Group, ListPage
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import today

MAX_SUMMED = 500
"""A page of a list must not take longer because the list is long."""

VOID = "void"


@dataclass(frozen=True)
class CurrencySum:
    """So many invoices of one currency: their totals, and what is still to pay on them. void: so many more
    that count nothing.
    """

    currency: str
    count: int
    void: int
    total: Decimal
    to_pay: Decimal


class Amounts(NamedTuple):
    """The fields needed for sums: loading whole invoices costs four times as much."""

    status: str
    currency: str
    total: Decimal
    balance: Decimal

    @property
    def to_pay(self) -> Decimal:
        """What is still owed on it, as `Invoice.is_unpaid` has it."""
        return self.balance if self.status in OPEN_STATUSES and self.balance > 0 else Decimal(0)


def sums_of(
    visit: ClientVisit, query: ListQuery, group: Group, found: ListPage[Invoice]
) -> tuple[CurrencySum, ...]:
    """Of all invoices that the filter lets through, whatever page is shown. Nothing while the list is being
    filled, or for one invoice, which is its own sum.
    """
    if found.is_cold or not 1 < found.numbers.total <= MAX_SUMMED:
        return ()
    by_currency: dict[str, list[Amounts]] = defaultdict(list)
    for amount in (
        _amounts_on_page(found)
        if len(found.rows) == found.numbers.total
        else _amounts_of_all(visit, query, group)
    ):
        by_currency[amount.currency].append(amount)
    return tuple(_sum(currency, by_currency[currency]) for currency in sorted(by_currency))


def _amounts_on_page(found: ListPage[Invoice]) -> Iterator[Amounts]:
    return (Amounts(row.status, row.currency, row.total, row.balance) for row in found.rows)


def _amounts_of_all(visit: ClientVisit, query: ListQuery, group: Group) -> Iterator[Amounts]:
    narrowed = query.narrow(group.narrowed(today()))
    page = services().mirror.page(
        visit.scope,
        INVOICES.name,
        statuses=group.statuses,
        hidden=INVOICES.hidden_statuses,
        narrowed=narrowed,
        sort=query.order.by,
        descending=False,
        offset=0,
        limit=MAX_SUMMED,
    )
    for row in page.rows:
        yield Amounts(
            row.status, row.body["currency"], Decimal(row.body["total"]), Decimal(row.body["balance"])
        )


def _sum(currency: str, invoices: list[Amounts]) -> CurrencySum:
    counted = [invoice for invoice in invoices if invoice.status != VOID]
    total = sum((item.total for item in counted), Decimal(0))
    return CurrencySum(
        currency,
        len(counted),
        len(invoices) - len(counted),
        total,
        sum((item.to_pay for item in counted), Decimal(0)),
    )
