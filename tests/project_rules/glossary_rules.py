"""Words of the glossary, and the words that class names are made of."""

from __future__ import annotations

import re

Term = tuple[str, ...]

ROW = re.compile(r"^\| (?!word \|)(?P<terms>[^|]+) \|", re.MULTILINE)
WORDS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]*|[a-z]+|\d+")
FRAMEWORK = ("Form", "Schema", "Converter")
"""Endings of classes that marshmallow or Flask gives its meaning; they are named after a page or a field."""


def terms_of(glossary: str) -> dict[Term, str]:
    """Each term as singular words → as written. "link, single-use link" are two; "(process)" is left out."""
    found: dict[Term, str] = {}
    for row in ROW.finditer(glossary):
        for term in re.sub(r"\([^)]*\)|`", "", row["terms"]).split(","):
            if words := tuple(singular(word) for word in re.findall(r"\w+", term.replace("_", " ").lower())):
                found[words] = term.strip()
    return found


def words_of(name: str) -> Term:
    """ "EmailLinks" → ("email", "link")."""
    return tuple(singular(word.lower()) for word in WORDS.findall(name.replace("OAuth", "Oauth")))


def singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "sses", "xes")):
        return word[:-2]
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))
    return word[:-1] if is_plural else word


def explained_by(name: str, terms: dict[Term, str]) -> list[Term]:
    """The terms that a class name holds."""
    words = words_of(name)
    return [
        term for term in terms if any(words[start : start + len(term)] == term for start in range(len(words)))
    ]
