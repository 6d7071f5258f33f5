"""The languages of the client's side, and how a browser's or a record's language tag is matched to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SOURCE = "en"
"""The language of the messages in the code; it needs no catalog."""


@dataclass(frozen=True)
class Language:
    """name: in the language itself. direction: HTML's dir."""

    code: str
    name: str
    direction: str = "ltr"


LANGUAGES = {
    item.code: item
    for item in (
        Language("en", "English"),
        Language("de", "Deutsch"),
        Language("fr", "Français"),
        Language("es", "Español"),
        Language("ar", "العربية", "rtl"),
    )
}
"""In the order of the language switch."""


def language_of(tag: str) -> str:
    """Our language for a tag like "de-CH", "pt_BR" or "ar"; "" if there is none."""
    code = tag.strip().replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else ""


def first_supported(tags: Iterable[str]) -> str:
    """The first tag we support, by preference; otherwise the source language."""
    return next((code for tag in tags if (code := language_of(tag))), SOURCE)
