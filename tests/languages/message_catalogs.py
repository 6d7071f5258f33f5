"""Brings the translations up to the words that the code says now: new ones come in empty, those that nobody
says go.

A run without changed words changes no file: messages are in alphabetical order, without line numbers, dates
or addresses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from cache.records.email.email_kinds import EMAIL_KINDS, EmailReader
from config.catalogs import FOLDER
from config.languages import LANGUAGES, SOURCE

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = {
    "_": None,
    "gettext": None,
    "N_": None,
    "StoredMessage": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""The calls whose literals are messages."""

TEMPLATES = ROOT / "gateway" / "templates"
EMAIL_TEMPLATES = ROOT / "workers" / "email" / "templates"
MERCHANTS = re.compile(r"merchant")
"""Merchants' pages are English: what only they say is not translated."""

JINJA = {"trimmed": "true", "newstyle_gettext": "true", "extensions": "jinja2.ext.do", "silent": "false"}

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def client_templates() -> list[Path]:
    """Every template that a client or a visitor may see."""
    return [
        file
        for file in sorted(TEMPLATES.rglob("*"))
        if file.is_file()
        and not MERCHANTS.match(file.name)
        and "merchant" not in file.relative_to(TEMPLATES).parts
    ]


def client_emails() -> list[Path]:
    """Every letter that a client may get, and the frame of all letters."""
    merchants = {kind.name for kind in EMAIL_KINDS.values() if kind.reader is EmailReader.MERCHANT}
    return [file for file in sorted(EMAIL_TEMPLATES.iterdir()) if file.stem not in merchants]


def spoken_messages() -> Catalog:
    """All messages of the client's side, each with the files that say it."""
    found = Catalog(fuzzy=False)
    for file, method, options in _sources():
        for _line, message, _comments, context in extract_from_file(
            method, file, keywords=SPOKEN, options=options
        ):
            found.add(message, locations=[(file.relative_to(ROOT).as_posix(), 1)], context=context)
    return found


def updated(language: str, messages: Catalog) -> bytes:
    """The text of a language's .po file for these messages, with the translations it has now."""
    file = FOLDER / language / "foyer.po"
    known = (
        read_po(BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
    )
    catalog = Catalog(locale=language, fuzzy=False)
    for message in messages:
        if message.id:
            before = known.get(message.id, message.context)
            string = before.string if before is not None and not before.fuzzy else None
            places = [(name, 0) for name in sorted({name for name, _ in message.locations})]
            catalog.add(message.id, string, locations=places, context=message.context)
    text = BytesIO()
    write_po(text, catalog, omit_header=True, sort_output=True, include_lineno=False, width=120)
    header = HEADER.format(language=language, plural_forms=catalog.plural_forms)
    return header.encode() + text.getvalue().rstrip(b"\n") + b"\n"


def main() -> int:
    """Write every language's file; says how many messages wait for their translation."""
    messages = spoken_messages()
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        file = FOLDER / language / "foyer.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = updated(language, messages)
        if not file.exists() or file.read_bytes() != text:
            file.write_bytes(text)
        waiting = [
            item for item in read_po(BytesIO(text), locale=language) if item.id and not is_used(item.string)
        ]
        sys.stdout.write(f"{language}: {len(messages)} messages, {len(waiting)} without a translation\n")
    return 0


def is_used(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a translation, in all its plural forms, is there."""
    return all((string,) if isinstance(string, str) else string or ("",))


def _sources() -> Iterator[tuple[Path, str, dict[str, str]]]:
    for folder in ("config", "cache", "connectors", "workers", "gateway"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file, "python", {}
    for file in (*client_templates(), *client_emails()):
        yield file, "jinja2.ext:babel_extract", JINJA


if __name__ == "__main__":
    raise SystemExit(main())
