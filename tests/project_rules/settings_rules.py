"""Every variable that any program or test of ours reads is explained in config/environment.example, and
nothing else is.
"""

from __future__ import annotations

import ast
import re

VARIABLE = re.compile(r"^(?:FOYER_[A-Z0-9_]*[A-Z0-9]|(?:CACHE_)?REDIS_URL)$")
ASSIGNED = re.compile(r"^#?\s?((?:FOYER_|CACHE_REDIS_|REDIS_)[A-Z0-9_]+)=")


def variables_read(source: str) -> set[str]:
    """Names of environment variables that stand in a program as text: read there, or handed on to a program
    it starts.
    """
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str) and VARIABLE.match(value)}


def variables_explained(example: str) -> dict[str, str]:
    """Variable → the comment lines right above it in the example file ("" when there is none)."""
    found, explanation = {}, ""
    for line in example.splitlines():
        if assigned := ASSIGNED.match(line):
            found[assigned[1]] = explanation
        explanation = (
            f"{explanation} {line.lstrip('# ')}".strip()
            if line.startswith("#") and not assigned
            else explanation
            if assigned
            else ""
        )
    return found


def values_shown(example: str) -> dict[str, str]:
    """Variable → the value that the example file gives it, "" for none."""
    lines = (line for line in example.splitlines() if ASSIGNED.match(line) and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def settings_faults(read: set[str], explained: dict[str, str]) -> list[str]:
    """A variable of one data centre (…_EU) belongs to the general one; it need not be read under its own
    name.
    """
    unexplained = [
        f"{name} is read but not in config/environment.example" for name in sorted(read - set(explained))
    ]
    wordless = [
        f"{name} stands in config/environment.example without a line of why"
        for name, explanation in explained.items()
        if not explanation
    ]
    unread = [
        f"{name} is explained but nothing reads it"
        for name in sorted(set(explained) - read)
        if not any(name.startswith(f"{general}_") for general in read)
    ]
    return unexplained + wordless + unread
