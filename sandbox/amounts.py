"""Amounts: calculated exactly, written as JSON numbers like Zoho's (zoho.md 2.4)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

Number = int | float


def exact(value: Number | str | Decimal) -> Decimal:
    """The exact decimal of a number: 0.1 is one tenth."""
    return Decimal(str(value))


def rounded(value: Decimal, precision: int) -> Decimal:
    """To `precision` decimal places, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-precision), rounding=ROUND_HALF_UP)


def json_number(value: Decimal, precision: int) -> Number:
    """As a JSON number: whole for currencies without decimals, else a float that prints the same digits."""
    amount = rounded(value, precision)
    return int(amount) if precision == 0 else float(amount)


def formatted(value: Number | str | Decimal, precision: int, symbol: str) -> str:
    """For display, as in Zoho's `*_formatted` fields: $1,240.00."""
    return f"{symbol}{rounded(exact(value), precision):,}"
