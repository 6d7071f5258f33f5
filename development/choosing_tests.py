"""Which test files belong to one source file: for ./dev test --for."""

from __future__ import annotations

import ast
from pathlib import Path

from development.plain_failure import PlainFailure


def files_that_test(source: str, root: Path) -> list[str]:
    """The test files of one source file, as paths from the repository's root, in order.

    They are its mirror (tests/cache/test_stores.py for cache/stores.py) and all that import the module. root:
    the repository. Raises PlainFailure where the source file is not a Python file of the repository, or has
    no tests.
    """
    path = (root / source).resolve()
    if path.suffix != ".py" or not path.is_file() or not path.is_relative_to(root.resolve()):
        raise PlainFailure(f"{source} is not a Python file of this repository.")
    inside = path.relative_to(root.resolve())
    module = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
    mirror = root / "tests" / inside.parent / f"test_{inside.name}"
    found = [
        file
        for file in sorted((root / "tests").rglob("test_*.py"))
        if file == mirror or module in imported_by(file)
    ]
    if not found:
        raise PlainFailure(
            f"No test file mirrors {inside} ({mirror.relative_to(root)}) and none imports {module}."
        )
    return [str(file.relative_to(root)) for file in found]


def imported_by(file: Path) -> set[str]:
    """The names a file imports, with dots: for "from a import b" both a and a.b, as b may be a module."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names
