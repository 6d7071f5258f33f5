"""An amount that knows its currency. Never a float, never added across currencies (zoho.md 9.16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from connectors.zoho.documents.document import Document


@dataclass(frozen=True)
class Money(Document):
    """amount in units of currency (ISO code, "" if Zoho gave none)."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.amount + other.amount, self.currency)


def rounded(amount: Decimal, precision: int | None) -> Decimal:
    """The amount at `precision` places, half up; unchanged if the precision is unknown."""
    return (
        amount
        if precision is None
        else amount.quantize(Decimal(1).scaleb(-precision), rounding=ROUND_HALF_UP)
    )


def json_number(amount: Decimal) -> int | float:
    """The amount as a JSON number that reads back as exactly the same figure; raises ValueError if there is
    none.
    """
    number = int(amount) if amount == amount.to_integral_value() else float(amount)
    if Decimal(repr(number)) != amount:
        raise ValueError("this amount has too many digits for a JSON number")
    return number
