"""Who may open a page is said once, right under its route."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

ACCESS = frozenset(
    {
        "open_to_all",
        "client_only",
        "merchant_only",
        "organisation_only",
        "read_only_allowed",
        "owner_only",
        "open_to_machines",
    }
)
FILES_FOR_EVERYONE = frozenset({"static", "bootstrap.static"})
"""Endpoints that serve our own stylesheets and scripts; they run no view of ours."""


def access_of(view: Callable[..., Any]) -> list[str]:
    """The access decorators written on a view, outermost first."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view))))
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        return []
    targets = (item.func if isinstance(item, ast.Call) else item for item in definition.decorator_list)
    names = (
        target.attr
        if isinstance(target, ast.Attribute)
        else target.id
        if isinstance(target, ast.Name)
        else ""
        for target in targets
    )
    return [name for name in names if name in ACCESS]


def route_faults(views: Mapping[str, Callable[..., Any]]) -> list[str]:
    """Endpoint → registered view; what is wrong with its guard."""
    faults = []
    for endpoint, view in views.items():
        if endpoint in FILES_FOR_EVERYONE:
            continue
        access = access_of(view)
        if len(access) != 1:
            faults.append(f"{endpoint} has {len(access)} access decorators, exactly one is needed")
        elif inspect.unwrap(view) is view and access not in (["open_to_all"], ["open_to_machines"]):
            faults.append(
                f"{endpoint}: @{access[0]} stands above the route, so the route serves the unguarded view"
            )
    return faults
