"""The translations: current, unambiguous, with the same placeholders and tags as the source, and with every
plural the language has.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from config.catalogs import FOLDER
from config.languages import LANGUAGES, SOURCE
from tests.languages.message_catalogs import is_used, spoken_messages, updated

TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
LONE_PERCENT = re.compile(r"(?<!%)(?:%%)*%(?!\(\w+\)s|%)")
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def spoken() -> Catalog:
    return spoken_messages()


def messages_of(language: str) -> list[Message]:
    text = (FOLDER / language / "foyer.po").read_bytes()
    return [item for item in read_po(BytesIO(text), locale=language) if item.id]


def faults_of(message: Message) -> list[str]:
    """What is wrong with a translation that is there."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    wanted, tags = set(PLACEHOLDER.findall(" ".join(ids))), Counter(TAG.findall(ids[-1]))
    faults = [f"fuzzy: {ids[0]}"] if message.fuzzy else []
    for number, text in enumerate(strings):
        said = set(PLACEHOLDER.findall(text))
        # Languages may leave the number out of the forms for none, one and two, which say it in words.
        if said != wanted and not (
            len(ids) == 2 and number < len(strings) - 1 and wanted - said <= {"num"} and said <= wanted
        ):
            faults.append(f"placeholders {sorted(said)}, not {sorted(wanted)}: {text}")
        if Counter(TAG.findall(text)) != tags:
            faults.append(f"other tags than its source: {text}")
        if LONE_PERCENT.search(text):
            faults.append(f"a % that is neither a placeholder nor doubled: {text}")
        if '"' in TAG.sub("", text):
            faults.append(f"a straight quotation mark, which would end an attribute: {text}")
    return faults


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalog_holds_what_the_code_says(language: str, spoken: Catalog) -> None:
    assert (FOLDER / language / "foyer.po").read_bytes() == updated(language, spoken), (
        "run ./dev translations"
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_said_in_every_language(language: str) -> None:
    assert [message.id for message in messages_of(language) if not is_used(message.string)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_translated_is_translated_well(language: str) -> None:
    assert [
        fault for message in messages_of(language) if is_used(message.string) for fault in faults_of(message)
    ] == []


def test_every_message_can_be_filled_with_its_values(spoken: Catalog) -> None:
    ids = [
        text for item in spoken if item.id for text in ((item.id,) if isinstance(item.id, str) else item.id)
    ]
    assert [text for text in ids if LONE_PERCENT.search(text)] == []


@pytest.mark.parametrize(
    "string",
    [
        "%(nome)s",
        "no placeholder",
        "%(name)s and %(other)s",
        "%(name)s <b>x</b>",
        "%(name)s 5 %",
        'the "%(name)s"',
    ],
)
def test_a_wrong_translation_is_caught(string: str) -> None:
    assert faults_of(Message("Hello %(name)s", string)) != []
