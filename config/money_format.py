"""Format an exact amount in a language, for pages and emails."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, format_decimal, get_currency_symbol

NO_BREAK_SPACE = "\u00a0"
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
ISOLATE_LEFT_TO_RIGHT, END_OF_ISOLATE = "\u2066", "\u2069"
LATIN = re.compile("[A-Za-z]")
BELOW_NOUGHT = re.compile(r"-[\d.,]+")
CACHE_SIZE = 4096
"""Formatted amounts to keep: Babel takes a quarter of a millisecond for each."""


@lru_cache(CACHE_SIZE)
def format_money(text: str, currency: str, language: str) -> str:
    """text: an exact decimal. Shows at least the currency's own places, and more if the amount has more:
    nothing is rounded.
    """
    amount = Decimal(text)
    if not currency:
        return format_decimal(amount, locale=language, decimal_quantization=False)
    formatted = format_currency(amount, currency, locale=language, decimal_quantization=False)
    symbol = get_currency_symbol(currency, locale=language)
    # CLDR asks for a space between letters and digits (currencySpacing); Babel leaves it out.
    if RIGHT_TO_LEFT in formatted:
        # Between a right-to-left mark and a figure, a minus would be drawn behind the figure.
        formatted = BELOW_NOUGHT.sub(rf"{ISOLATE_LEFT_TO_RIGHT}\g<0>{END_OF_ISOLATE}", formatted, count=1)
    if LATIN.search(symbol):
        # In right-to-left text the sign of "US$" would come before its letters: the marks keep them together.
        formatted = (
            formatted.replace(symbol, f"{LEFT_TO_RIGHT}{symbol}{LEFT_TO_RIGHT}", 1)
            if RIGHT_TO_LEFT in formatted
            else formatted
        )
    comes_first = symbol[-1:].isalpha() and formatted.lstrip("-\u200e\u200f").startswith(symbol)
    return formatted.replace(symbol, symbol + NO_BREAK_SPACE, 1) if comes_first else formatted
