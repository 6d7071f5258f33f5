"""Everything of the portal that takes something from outside, found in its URL map, its schemas and its
source: nothing is listed by hand, so that a new field is fuzzed by itself.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from hypothesis import strategies as st
from marshmallow import fields, validate

from gateway.web.posted_form import FormSchema
from tests.project_rules.project_files import python_files, text_of
from tests.security.nasty_values import DAYS, NASTY, NUMBERS, encoded, from_these

READERS = {
    "args": "args",
    "form": "form",
    "files": "files",
    "headers": "headers",
    "cookies": "cookies",
    "values": "args",
}
LISTS = ("args", "form", "given")
"""What the views' own functions call the parameters that they are given."""


@cache
def names_read() -> dict[str, frozenset[str]]:
    """Where from → every name that the gateway reads there by a literal."""
    found: dict[str, set[str]] = {kind: set() for kind in READERS.values()}
    for path in python_files("gateway"):
        for node in ast.walk(ast.parse(text_of(path))):
            name, source = _read_name(node)
            if name and source in READERS:
                found[READERS[source]].add(name)
    return {kind: frozenset(names) for kind, names in found.items()}


def _read_name(node: ast.AST) -> tuple[str, str]:
    """("page", "args") of `request.args.get("page")`, `args["page"]` and the like."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("get", "getlist", "pop")
        and node.args
    ):
        held, name = node.func.value, node.args[0]
    elif isinstance(node, ast.Subscript):
        held, name = node.value, node.slice
    else:
        return "", ""
    source = held.attr if isinstance(held, ast.Attribute) else held.id if isinstance(held, ast.Name) else ""
    return (
        (str(name.value), source)
        if isinstance(name, ast.Constant) and isinstance(name.value, str)
        else ("", "")
    )


@dataclass(frozen=True)
class Target:
    """One address and method. who: whose page it is, "" for everybody's. schemas, page_forms: what could be
    sent there.
    """

    method: str
    address: str
    who: str
    schemas: tuple[type[FormSchema], ...]
    page_forms: tuple[tuple[tuple[str, str], ...], ...] = ()

    def fields(self) -> st.SearchStrategy[list[tuple[str, str]]]:
        """A form nearly as it should be: of a page, or made from a schema."""
        made = [
            st.just([(encoded(name), encoded(value)) for name, value in form]) for form in self.page_forms
        ]
        made += [_of_schema(schema) for schema in self.schemas]
        return st.one_of(made) if made else st.just([])

    def usual_forms(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What pages really send there; where none does, what the schemas name."""
        named = tuple(tuple((name, "1") for name in schema().load_fields) for schema in self.schemas)
        return self.page_forms or named


def schemas_of(view: Any) -> tuple[type[FormSchema], ...]:
    """The schemas that the module of a view knows."""
    module = sys.modules[inspect.unwrap(view).__module__]
    found = {
        var
        for var in vars(module).values()
        if isinstance(var, type) and issubclass(var, FormSchema) and var is not FormSchema
    }
    return tuple(sorted(found, key=lambda one: one.__name__))


def forms_of_page(html: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Address → what the form that leads there would send if it were sent as it stands."""
    found = {}
    for form in BeautifulSoup(html, "html5lib").select("form[method=post]"):
        pairs = []
        for field in form.select("input[name], textarea[name], select[name]"):
            options = field.select("option")
            value = (
                str(options[-1].get("value", "")) if options else str(field.get("value", field.get_text()))
            )
            pairs.append((str(field["name"]), value))
        found[str(form["action"])] = tuple(pair for pair in pairs if pair[0] != "csrf_token")
    return found


@cache
def _of_schema(schema: type[FormSchema]) -> st.SearchStrategy[list[tuple[str, str]]]:
    given = [
        st.tuples(st.just(encoded(name)), _value_for(field)) for name, field in schema().load_fields.items()
    ]
    return st.tuples(*given).map(list)


def _value_for(field: fields.Field[Any]) -> st.SearchStrategy[str]:
    """Often what the field wants, sometimes anything."""
    choices = [
        str(choice) for rule in _rules(field) if isinstance(rule, validate.OneOf) for choice in rule.choices
    ]
    shapes = [rule.regex for rule in _rules(field) if isinstance(rule, validate.Regexp)]
    wanted: list[st.SearchStrategy[str]] = (
        [st.sampled_from([encoded(choice) for choice in choices])] if choices else []
    )
    wanted += [st.from_regex(shape, fullmatch=True).map(encoded) for shape in shapes]
    if isinstance(field, fields.Boolean):
        wanted.append(st.sampled_from(("true", "on", "1", "0", "")))
    elif isinstance(field, fields.Date | fields.DateTime):
        wanted.append(from_these(DAYS))
    elif not wanted:
        wanted.append(st.one_of(from_these(NUMBERS), st.text(max_size=20).map(encoded)))
    return st.one_of(*wanted, *wanted, NASTY)


def _rules(field: fields.Field[Any]) -> Iterable[object]:
    return (
        validator
        for rule in field.validators
        for validator in (rule.validators if isinstance(rule, validate.And) else (rule,))
    )
