"""Words of a template that no translation can reach: text outside of _() and {% trans %}, also in attributes
that people read or hear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

ALLOWED = frozenset({"Foyer", "Zoho", "PDF", "JSON", "CSV", "is-plain"})
"""Names, which are the same in every language, and a class that a block gives to the page."""

LETTERS = re.compile(r"[^\W\d_]{2,}")
READ_OUT = re.compile(r"\b(?:aria-label|title|placeholder|alt|data-label)=\"([^\"{]*)")
MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|&\w+;", re.DOTALL)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
HALF_A_TAG = re.compile(r"<[^>]*\Z")
SPOKEN_BY_MACROS = frozenset({"field", "empty", "list_filters", "list_state", "where", "address"})
"""Macros whose text arguments are shown as they are."""

NOT_SHOWN = re.compile(r"[a-z0-9_\-./#?=&: ]*")
"""Names, addresses and classes."""

PARSER = Environment(extensions=["jinja2.ext.do", "jinja2.ext.i18n"], autoescape=True)


def untranslated(name: str, text: str) -> list[str]:
    """What nobody can translate, one fault a text."""
    return [f"{name}: {words}" for words in (*_between_tags(text), *_given_to_macros(text))]


def _between_tags(text: str) -> Iterator[str]:
    """Jinja's own words are taken out first, so that a tag with a value in the middle is one tag."""
    text = TRANSLATED.sub("\x00", text)
    plain = "".join(token if kind == "data" else "\x00" for kind, token in _pieces(text))
    for found in READ_OUT.finditer(plain):
        yield from _spoken(found[1])
    for part in MARKUP.sub("\x00", plain).split("\x00"):
        yield from _spoken(part)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    inside = False
    for _, kind, token in PARSER.lex(text):
        if kind == "data":
            yield "data", token
        elif kind in ("variable_begin", "block_begin") and not inside:
            inside = True
        elif kind in ("variable_end", "block_end"):
            inside = False
            yield "jinja", token


def _given_to_macros(text: str) -> Iterator[str]:
    for call in PARSER.parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in SPOKEN_BY_MACROS:
            given = [*call.args, *(pair.value for pair in call.kwargs)]
            for item in given:
                if (
                    isinstance(item, nodes.Const)
                    and isinstance(item.value, str)
                    and not NOT_SHOWN.fullmatch(item.value)
                ):
                    yield from _spoken(item.value)


def _spoken(text: str) -> Iterator[str]:
    words = " ".join(text.split())
    if LETTERS.search(words) and words not in ALLOWED and not HALF_A_TAG.search(words):
        yield words
