"""The languages of the client's side, and which of them fits what a browser or a record asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SOURCE = "en"
"""The language the words in the code are written in; it needs no catalog."""


@dataclass(frozen=True)
class Language:
    """name: in the language itself. direction: of its writing, as HTML's dir says it."""

    code: str
    name: str
    direction: str = "ltr"


LANGUAGES = {
    one.code: one
    for one in (
        Language("en", "English"),
        Language("de", "Deutsch"),
        Language("fr", "Français"),
        Language("es", "Español"),
        Language("ar", "العربية", "rtl"),
    )
}
"""In the order of the switch."""


def language_of(tag: str) -> str:
    """Our language for a tag like "de-CH", "pt_BR" or "ar"; "" when we do not speak it."""
    code = tag.strip().replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else ""


def first_supported(tags: Iterable[str]) -> str:
    """The first of these tags that we speak, most wanted first; the source language when there is none."""
    return next((code for tag in tags if (code := language_of(tag))), SOURCE)
