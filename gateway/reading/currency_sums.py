"""Sums of amounts, one per currency. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Sum:
    """Of several documents in one currency."""

    currency: str
    amount: Decimal
    count: int


def sums(amounts: Iterable[tuple[str, Decimal]]) -> list[Sum]:
    """Per currency, largest first. amounts: (currency, amount) of each document."""
    found: dict[str, list[Decimal]] = {}
    for currency, amount in amounts:
        found.setdefault(currency, []).append(amount)
    made = [Sum(currency, sum(each, Decimal(0)), len(each)) for currency, each in found.items()]
    return sorted(made, key=lambda total: (-total.amount, total.currency))
