"""English for merchants who say "quote" instead of "estimate". The other languages have one word for both."""

from __future__ import annotations

import re
from functools import lru_cache
from gettext import NullTranslations

ESTIMATE = re.compile(r"%\(\w+\)s|\b(?P<article>[Aa]n )?(?P<word>estimate)(?P<more>s?)\b", re.IGNORECASE)
"""Placeholders are matched first, so that their names stay as they are."""


class QuoteEnglish(NullTranslations):
    """The source messages with "quote" for "estimate"."""

    def gettext(self, message: str) -> str:
        return with_quote(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return with_quote(super().ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return with_quote(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return with_quote(super().npgettext(context, msgid1, msgid2, n))


@lru_cache(4096)
def with_quote(message: str) -> str:
    """ "An estimate waits" → "A quote waits"; keeps capitals, skips placeholders."""
    return ESTIMATE.sub(_quote, message)


def _quote(found: re.Match[str]) -> str:
    word = found["word"]
    if word is None:
        return found[0]
    article = found["article"][0] + " " if found["article"] else ""
    quote = "QUOTE" if word.isupper() else "Quote" if word[0].isupper() else "quote"
    return article + quote + found["more"]
