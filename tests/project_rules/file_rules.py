"""What a file may be called and how long it may grow."""

from __future__ import annotations

import re
from pathlib import Path

FORBIDDEN_NAMES = frozenset(
    {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "stuff"}
)
"""A file is named in the field's terms; these words say only that no name was found."""

LONGEST = {"product": 250, "tests": 350}
MEASURED = {".py", ".html", ".js"}


def name_faults(path: Path) -> list[str]:
    words = {word for part in path.with_suffix("").parts for word in re.split(r"[_\-.]", part.lower())}
    return [f'{path}: "{word}" says nothing about what is inside' for word in sorted(words & FORBIDDEN_NAMES)]


def size_faults(path: Path, text: str) -> list[str]:
    """Long files hold more than one responsibility. Stylesheets, documents and generated lists are not
    measured.
    """
    if path.suffix not in MEASURED and path != Path("dev"):
        return []
    kind = "tests" if path.parts[0] == "tests" else "product"
    lines = len(text.splitlines())
    return [f"{path}: {lines} lines, {LONGEST[kind]} are allowed"] if lines > LONGEST[kind] else []


def package_faults(path: Path, text: str) -> list[str]:
    full = path.name == "__init__.py" and text.strip()
    return [f"{path}: a package's __init__.py stays empty; say it where it is looked for"] if full else []
