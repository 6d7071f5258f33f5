"""Pages that hold under a strict content policy and never show a figure without its time."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import Environment
from jinja2.meta import find_referenced_templates

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
INLINE = {
    "a script in the page": re.compile(
        r"<script(?![^>]*\ssrc\s*=)[^>]*>|<script[^>]*>\s*[^\s<]", re.IGNORECASE
    ),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript\s*:", re.IGNORECASE),
}
SHARED = ("parts/", "layouts/", "errors/")
"""Folders of templates that pages are made of; everything else is a page."""
MONEY, AS_OF = "parts/money.html", "parts/as_of.html"
MONEY_FILTER = re.compile(r"\|\s*money\b")
AS_OF_USED = re.compile(r"\bas_of_note\s*\(")


def inline_faults(name: str, text: str) -> list[str]:
    """Whatever a policy without 'unsafe-inline' would switch off.

    What Jinja prints is taken out first: its values are not markup.
    """
    markup = JINJA.sub("x", COMMENT.sub("", text))
    return [f"{name} holds {kind}" for kind, pattern in INLINE.items() if pattern.search(markup)]


def untimed_money_faults(templates: Mapping[str, str]) -> list[str]:
    """Pages that print money, themselves or through a part, and do not call as_of themselves or through a
    part.
    """
    parser = Environment(
        extensions=["jinja2.ext.do", "jinja2.ext.i18n", "jinja2.ext.loopcontrols"], autoescape=True
    )
    refers = {
        name: {other for other in find_referenced_templates(parser.parse(text)) if other}
        for name, text in templates.items()
    }
    pages = [name for name in templates if not name.startswith(SHARED)]
    return [
        f"{name} shows money without saying when Zoho said it"
        for name in pages
        if MONEY in (reached := _reached(name, refers))
        and not any(_has_as_of(other, templates, refers) for other in reached)
    ]


def unmarked_money_faults(templates: Mapping[str, str]) -> list[str]:
    """Templates that write money by the filter, past the macro that the rule above looks for."""
    return [
        f"{name} writes money without the macro of {MONEY}"
        for name, text in templates.items()
        if name != MONEY and MONEY_FILTER.search(COMMENT.sub("", text))
    ]


def _reached(name: str, refers: Mapping[str, set[str]]) -> set[str]:
    """The template and all that it extends, includes and imports, through any number of steps."""
    found, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += refers.get(one, ())
    return found


def _has_as_of(name: str, templates: Mapping[str, str], refers: Mapping[str, set[str]]) -> bool:
    return AS_OF in refers.get(name, ()) and bool(AS_OF_USED.search(COMMENT.sub("", templates.get(name, ""))))
