"""Customers' balances on generated invoices: calculated once, then reduced for each invoice that was written
out.
"""

from __future__ import annotations

from decimal import Decimal

from sandbox.generated.columns import DRAFT, VOID
from sandbox.generated.listed_records import ListedRecords
from sandbox.generated.makers import InvoiceMaker
from sandbox.world import Record


class GeneratedInvoices(ListedRecords):
    """Generated invoices, with the balances that lists of contacts show."""

    def __init__(self, maker: InvoiceMaker, written: dict[str, Record], gone: set[int]) -> None:
        super().__init__(maker, written, gone)
        self._figures, self._left_out = maker, set[int]()
        self._minor = [0] * len(maker.customers)
        for number in maker.numbers:
            self._add(number, 1)

    def owed(self) -> dict[str, Decimal]:
        """Customer → open balances of the invoices that are still generated, in their common currency."""
        for number in self.gone - self._left_out:
            self._add(number, -1)
        self._left_out |= self.gone
        amounts = zip(self._figures.customers, self._minor, strict=True)
        return {
            customer["contact_id"]: Decimal(str(self._figures.amount(minor)))
            for customer, minor in amounts
            if minor
        }

    def _add(self, number: int, sign: int) -> None:
        columns = self._figures.columns
        if columns.kinds[number] not in (DRAFT, VOID):
            self._minor[columns.customers[number]] += sign * (columns.totals[number] - columns.paid(number))
