"""What import-linter cannot see: imports of what lies beside the product, and of tests."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

STANDARD_LIBRARY_ONLY = ("development", "dev")
"""They run before anything is installed."""


def imported_packages(source: str) -> dict[str, int]:
    """Top-level packages that a file imports anywhere, with the line of the last import."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0]: node.lineno for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found[node.module.split(".")[0]] = node.lineno
    return found


def import_faults(path: Path, source: str) -> list[str]:
    """A sentence for each import that this file may not make; empty when there is none."""
    top, faults = path.parts[0], []
    for package, line in imported_packages(source).items():
        where = f"{path}:{line} imports {package}"
        if top == "tests":
            if package == "sandbox" and path.parts[:2] != ("tests", "sandbox"):
                faults.append(f"{where}: the sandbox is started and spoken to over HTTP, its own tests aside")
        elif package == "tests":
            faults.append(f"{where}: only tests import tests")
        elif top in STANDARD_LIBRARY_ONLY and package not in {*sys.stdlib_module_names, "development"}:
            faults.append(f"{where}: {top} runs before anything is installed, standard library only")
    return faults
