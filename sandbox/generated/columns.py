"""Compact columns from which every generated invoice and payment is derived: a few bytes for each."""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass
from datetime import date

DRAFT, VOID, OPEN, PART, PAID = range(5)
SHARES = (3, 3, 12, 4, 78)
"""Percentage of invoices per kind; OPEN and PART become overdue by their date."""
DAYS = 1_095
"""Invoices are dated in the three years before the day of generation."""
OPEN_DAYS = 45
"""Unsettled invoices are younger than this."""
PAID_AFTER = 20
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Columns:
    """One entry per invoice: kind, index of its customer, day (ordinal), total in minor units, created and
    last changed.
    """

    kinds: bytes
    customers: array[int]
    days: array[int]
    totals: array[int]
    created: array[int]
    modified: array[int]
    last_day: int
    """Ordinal of the day before generation: no payment is later."""

    def paid_day(self, index: int) -> int:
        """Ordinal of the day an invoice was paid."""
        return min(self.days[index] + PAID_AFTER, self.last_day)

    def paid(self, index: int) -> int:
        """The paid part of an invoice, in minor units."""
        kind = self.kinds[index]
        return self.totals[index] if kind == PAID else self.totals[index] // 2 if kind == PART else 0


def make_columns(*, count: int, customers: int, seed: int, today: date) -> Columns:
    """Deterministic for the same arguments. Few customers have many invoices, many have few."""
    chance = random.Random(seed)
    kinds = bytes(chance.choices(range(5), weights=SHARES, k=count))
    last_day = today.toordinal() - 1
    who, days, totals, created, modified = array("l"), array("l"), array("q"), array("q"), array("q")
    for kind in kinds:
        age = int(chance.random() * (DAYS if kind in (VOID, PAID) else OPEN_DAYS))
        day = last_day - age
        made = (day - EPOCH) * 86_400 + 28_800 + int(chance.random() * 28_800)
        who.append(int(chance.random() ** 2 * customers))
        days.append(day)
        totals.append(2 * int(500 + chance.random() ** 3 * 500_000))
        created.append(made)
        settled = kind in (PART, PAID)
        modified.append(
            max(made, (min(day + PAID_AFTER, last_day) - EPOCH) * 86_400 + 36_000) if settled else made
        )
    return Columns(kinds, who, days, totals, created, modified, last_day)
