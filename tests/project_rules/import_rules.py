"""Who may import what, read from the source with `ast`, so that nothing has to be imported to be judged."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.project_rules.project_files import BESIDE_THE_PRODUCT, PRODUCT

HOMES = {
    "redis": {"cache"},
    "hiredis": {"cache"},
    "requests": {"connectors"},
    "urllib3": {"connectors"},
    "authlib": {"connectors"},
    "smtplib": {"connectors"},
    "http.client": {"connectors", "sandbox"},
    "urllib.request": {"connectors"},
    "rq": {"workers"},
    "flask": {"gateway", "sandbox"},
    "flask_bootstrap": {"gateway"},
    "flask_limiter": {"gateway"},
    "werkzeug": {"gateway", "sandbox"},
    "marshmallow": {"connectors", "gateway"},
}
"""The folders in which a package may be spoken to. A package that is not listed may be used in any product
folder.
"""

OURS = (*PRODUCT, *BESIDE_THE_PRODUCT, "tests", "dev")
OPEN_TO_THE_GATEWAY = ("workers.queues", "workers.services")


@dataclass(frozen=True)
class Import:
    """One name that a file imports: the module itself when `modules` knows it, else the module that holds the
    name.
    """

    name: str
    line: int
    inside_a_function: bool


def module_name(path: Path) -> str:
    """`cache/records/orders/orders.py` → `cache.records.orders.orders`; a package's `__init__.py` → the
    package.
    """
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, source: str, modules: Iterable[str] = ()) -> list[Import]:
    """Every import of a file, wherever it stands: top level, inside functions and classes, under
    TYPE_CHECKING.
    """
    known, found = set(modules), []

    def visit(node: ast.AST, inside: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend(Import(alias.name, node.lineno, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                found.append(Import(full if full in known else base, node.lineno, inside))
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            visit(child, inside)

    visit(ast.parse(source), False)
    return found


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = list(path.parent.parts)[: len(path.parent.parts) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def import_faults(path: Path, source: str, modules: Iterable[str] = ()) -> list[str]:
    """What this file imports against the rules of the house, one sentence each."""
    mine = path.parts[0]
    faults = []
    for one in imports_of(path, source, modules):
        where = f"{path}:{one.line}"
        if one.inside_a_function:
            faults.append(f"{where} imports {one.name} inside a function: imports stand at the top")
        faults += [
            f"{where} {why}"
            for why in (_direction_fault(mine, path, one.name), _home_fault(mine, one.name))
            if why
        ]
    if mine in OURS and mine != "tests":
        faults += [f"{path}:{line} imports by a name made at run time" for line in _dynamic_imports(source)]
    return faults


def _direction_fault(mine: str, path: Path, name: str) -> str:
    top = name.split(".")[0]
    if top not in OURS or mine == top:
        return ""
    if mine == "tests":
        allowed_here = top != "sandbox" or path.parts[:2] == ("tests", "sandbox")
        return (
            ""
            if allowed_here
            else "imports sandbox: it is started and spoken to over HTTP (its own tests aside)"
        )
    if mine == "dev":
        return (
            ""
            if top == "development"
            else f"imports {top}: ./dev starts programs and imports only development"
        )
    if mine in BESIDE_THE_PRODUCT:
        return f"imports {top}: {mine} imports nothing of ours"
    if top not in PRODUCT:
        return f"imports {top}: the product never does"
    if PRODUCT.index(top) > PRODUCT.index(mine):
        return f"imports {name}: {mine} stands below {top}"
    if (mine, top) == ("gateway", "workers") and name not in OPEN_TO_THE_GATEWAY:
        return f"imports {name}: of workers the gateway knows {' and '.join(OPEN_TO_THE_GATEWAY)} alone"
    return ""


def _home_fault(mine: str, name: str) -> str:
    top = name.split(".")[0]
    if mine in ("development", "dev"):
        free = top in sys.stdlib_module_names or top == "development"
        return (
            "" if free else f"imports {name}: {mine} runs before anything is installed, standard library only"
        )
    if mine not in PRODUCT:
        return ""
    homes = next(
        (HOMES[part] for part in (name, ".".join(name.split(".")[:2]), top) if part in HOMES), {mine}
    )
    return "" if mine in homes else f"imports {name}, which belongs in {' and '.join(sorted(homes))}"


def _dynamic_imports(source: str) -> list[int]:
    names = {"import_module", "__import__"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.Name) and node.id in names)
    ]


def import_circle(sources: Mapping[Path, str]) -> list[str]:
    """The modules of one circle of imports, first repeated last; empty when there is none."""
    modules = {module_name(path) for path in sources}
    graph = {
        module_name(path): {
            one.name
            for one in imports_of(path, source, modules)
            if one.name in modules and one.name != module_name(path)
        }
        for path, source in sources.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []
