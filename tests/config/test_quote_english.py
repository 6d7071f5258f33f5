"""The merchant's switch "quote": every place of the word, nothing else."""

from __future__ import annotations

import pytest

from config.catalogs import catalog
from config.quote_english import with_quote


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("An estimate waits for you", "A quote waits for you"),
        ("Accept estimate %(estimate)s?", "Accept quote %(estimate)s?"),
        ("Estimates and an estimate", "Quotes and a quote"),
        ("Your estimates, invoices", "Your quotes, invoices"),
        ("Estimated, overestimate", "Estimated, overestimate"),
        ("an invoice, an estimate", "an invoice, a quote"),
    ],
)
def test_quote_stands_where_estimate_stood(message: str, said: str) -> None:
    assert with_quote(message) == said


def test_plurals_follow_too() -> None:
    words = catalog("en", says_quote=True)
    assert words.ngettext("%(num)s estimate", "%(num)s estimates", 2) == "%(num)s quotes"
    assert catalog("en").gettext("estimate") == "estimate"
