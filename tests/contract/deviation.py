"""One exception from Zoho's files, and which findings a table of them covers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.contract.checker import Finding


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """operations and places may hold `*`. what: a Finding's word, like "unknown" to Zoho's file or "is
    number".
    """

    side: str
    operations: tuple[str, ...]
    places: tuple[str, ...]
    what: str
    fact: str

    def pairs_for(self, finding: Finding) -> set[tuple[str, str]]:
        """(operation, place) of this entry that cover the finding."""
        if (self.side, self.what) != (finding.side, finding.what):
            return set()
        return {
            (operation, place)
            for operation in self.operations
            for place in self.places
            if _matches(operation, finding.operation) and _matches(place, finding.place)
        }


def _matches(pattern: str, text: str) -> bool:
    return bool(re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), text))


def undeclared(findings: Iterable[Finding], table: Iterable[Deviation]) -> list[str]:
    """Findings that no entry covers, as sentences."""
    entries = tuple(table)
    return sorted(
        str(finding) for finding in set(findings) if not any(entry.pairs_for(finding) for entry in entries)
    )


def unused(findings: Iterable[Finding], table: Iterable[Deviation]) -> list[str]:
    """Operations and places of entries that cover no finding, as sentences."""
    found, idle = set(findings), []
    for entry in table:
        used = {pair for item in found for pair in entry.pairs_for(item)}
        asked = [(operation, place) for operation in entry.operations for place in entry.places]
        idle += [f"{entry.fact}: {pair[1]} of {pair[0]} is not needed" for pair in asked if pair not in used]
    return idle


def in_answers(operations: tuple[str, ...], places: str, fact: str, what: str = "unknown") -> Deviation:
    return Deviation(side="answer", operations=operations, places=tuple(places.split()), what=what, fact=fact)


def in_requests(operations: tuple[str, ...], places: str, fact: str, what: str = "unknown") -> Deviation:
    return Deviation(
        side="request", operations=operations, places=tuple(places.split()), what=what, fact=fact
    )
