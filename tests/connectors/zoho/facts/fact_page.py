"""docs/zoho.md as data: numbered facts, where each of their statements comes from, and the list of what is
only inferred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

KINDS = ("documented", "recorded", "inferred")
NOT_RELIED_ON = "Not relied on yet"
ONLY_INFERRED = "Relied on, only inferred"
WHOLE, SINGLE = "Whole numbers", "Single statements"
"""The two parts of the last list: facts that are nothing but inferred, and inferred statements in others."""

HEADING = re.compile(r"(#{2,3}) (.+)")
NUMBERED = re.compile(r"(\d+(?:\.\d+)?)\.? \S")
STATEMENT = re.compile(r"- \*(\w+)\* \S")
ENTRY = re.compile(r"- (\d+(?:\.\d+)?): \S")


@dataclass
class Fact:
    """kinds: of its statements, in order. is_relied_on: it does not stand under "Not relied on yet"."""

    number: str
    is_relied_on: bool
    kinds: list[str] = field(default_factory=list)

    @property
    def only_inferred(self) -> int:
        """How many of its statements are nothing but our conclusion."""
        return self.kinds.count("inferred")


@dataclass
class FactPage:
    """sections: numbers that a citation of a whole section may name. listed: (part of the last list, number)
    → how often it stands there. faults: what is wrong with the page itself.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    listed: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        return self.facts.keys() | self.sections


def read_page(text: str) -> FactPage:
    """Below a fact's heading stand statements and nothing else. A section that has statements is itself a
    fact; one that has none may be introduced by words.
    """
    page, fact, top, part = FactPage(), None, "", ""
    for line in text.splitlines():
        if heading := HEADING.fullmatch(line):
            marks, title = heading.groups()
            if top == ONLY_INFERRED and marks == "##":
                page.faults.append(f'"{ONLY_INFERRED}" is not the last section')
            top, part = (title, "") if marks == "##" else (top, title)
            fact = _opened(page, marks, title, top)
        elif top == ONLY_INFERRED and line.startswith("- "):
            _take_entry(page, part, line)
        elif statement := STATEMENT.match(line):
            _take_statement(page, fact, statement[1], line)
        elif fact is not None and _should_name_a_source(fact, line):
            page.faults.append(f"{fact.number}: no statement with a source: {line[:60]}")
    for item in [fact for fact in page.facts.values() if not fact.kinds]:
        if "." in item.number:
            page.faults.append(f"{item.number} says nothing")
        else:
            del page.facts[item.number]
    return page


def _opened(page: FactPage, marks: str, title: str, top: str) -> Fact | None:
    """The fact that begins with this heading; None for a heading without a number."""
    numbered = NUMBERED.match(title)
    if numbered is None:
        if marks == "###" and top != ONLY_INFERRED:
            page.faults.append(f"a fact without a number: {title}")
        return None
    number = numbered[1]
    section = number.partition(".")[0]
    if (marks == "##") != (number == section):
        page.faults.append(f"{number} has the heading of {'a section' if marks == '##' else 'a fact'}")
    if number in page.facts:
        page.faults.append(f"{number} is there twice")
    if marks == "##":
        page.sections.add(number)
    elif top != NOT_RELIED_ON and section != top.partition(".")[0]:
        page.faults.append(f'{number} stands under "{top}"')
    page.facts[number] = Fact(number, is_relied_on=top != NOT_RELIED_ON)
    return page.facts[number]


def _should_name_a_source(fact: Fact, line: str) -> bool:
    """Whatever is neither blank nor the rest of a statement; words that introduce a section need none."""
    is_fact = "." in fact.number or bool(fact.kinds) or line.startswith("- ")
    return is_fact and bool(line.strip()) and not line.startswith("  ")


def _take_statement(page: FactPage, fact: Fact | None, kind: str, line: str) -> None:
    if fact is None:
        page.faults.append(f"a statement of no number: {line[:60]}")
    elif kind not in KINDS:
        page.faults.append(f"{fact.number}: {kind} is no kind of source")
    else:
        fact.kinds.append(kind)


def _take_entry(page: FactPage, part: str, line: str) -> None:
    entry = ENTRY.match(line)
    if entry is None:
        page.faults.append(f"an entry of the last list without a number: {line[:60]}")
    else:
        page.listed[part, entry[1]] += 1


def unknown_citations(page: FactPage, cited: dict[str, list[str]]) -> Iterator[str]:
    """cited: number → files that cite it."""
    for number in sorted(cited.keys() - page.numbers):
        yield f"{number} is cited by {', '.join(cited[number])}, and docs/zoho.md has no such fact"


def misplaced_facts(page: FactPage, cited: set[str]) -> Iterator[str]:
    """A citation of a whole section stands for none of its facts."""
    for fact in page.facts.values():
        if fact.is_relied_on and fact.number not in cited:
            yield f'{fact.number} is cited nowhere: move it under "{NOT_RELIED_ON}"'
        if not fact.is_relied_on and fact.number in cited:
            yield f'{fact.number} is cited: move it out of "{NOT_RELIED_ON}"'


def only_inferred(page: FactPage, cited_by_product: set[str]) -> Counter[tuple[str, str]]:
    """What the last list must hold: (part, number) → how many statements have no other source than us, of the
    facts that the product cites.
    """
    return Counter(
        {
            (WHOLE if fact.only_inferred == len(fact.kinds) else SINGLE, fact.number): fact.only_inferred
            for fact in page.facts.values()
            if fact.only_inferred and fact.number in cited_by_product
        }
    )
