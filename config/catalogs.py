"""The translations of each language, read from their .po files once per process. There is no build step."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.languages import LANGUAGES, SOURCE
from config.quote_english import QuoteEnglish

FOLDER = Path(__file__).parent / "translations"


@cache
def catalog(language: str, *, says_quote: bool = False) -> NullTranslations:
    """A language's catalog. Unknown languages and missing messages fall back to English.

    says_quote: the merchant says "quote" for an estimate. Only English has both words (docs/languages.md).
    """
    if language == SOURCE or language not in LANGUAGES:
        return QuoteEnglish() if says_quote else NullTranslations()
    return _read(FOLDER / language / "foyer.po")


def read_all_catalogs() -> None:
    """Load every catalog at process start, so that no request waits for it."""
    for language in LANGUAGES:
        catalog(language)


def _read(file: Path) -> GNUTranslations:
    compiled = BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened))
    compiled.seek(0)
    return GNUTranslations(compiled)
