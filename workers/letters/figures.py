"""How amounts and days read in a letter, in its reader's language. Amounts are never rounded and never pass through a float."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal


def money_in(language: str, amount: str, currency: str) -> str:
    """ "1234.5", "USD" → "$1,234.50" or "1.234,50 $"; at least the currency's own places, and more where the amount has more."""
    exact = Decimal(amount)
    if not currency:
        return format_decimal(exact, locale=language, decimal_quantization=False)
    return format_currency(exact, currency, locale=language, decimal_quantization=False)


def day_in(language: str, day: str) -> str:
    """ "2026-11-23" → "23 November 2026" as the language writes it; "" for none."""
    return format_date(dt.date.fromisoformat(day), "long", locale=language) if day else ""
