"""How values and dataclasses are stored and read: decimals as plain finite text, times with an offset,
unknown fields ignored, renamed ones found under their former name.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, get_origin, get_type_hints

from cattrs import Converter
from cattrs.cols import (
    is_namedtuple,
    namedtuple_dict_structure_factory,
    namedtuple_dict_unstructure_factory,
)

from config.stored_messages import read_stored_text, stored_text

PLAIN_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")

FORMER_NAME = "former_name"

Seconds = Annotated[dt.datetime, "seconds"]
"""A time that Lua scripts write too: seconds since 1970 as text."""

MessageText = Annotated[str, "message"]
"""Text that may be a StoredMessage."""

CommaList = Annotated[tuple[str, ...], "comma"]
"""Names in one text, between commas."""


def _write_decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("a decimal that is not finite")
    return format(value, "f")


def _read_decimal(value: Any, _: Any) -> Decimal:
    if not isinstance(value, str) or not PLAIN_DECIMAL.fullmatch(value):
        raise ValueError("plain decimal expected")
    return Decimal(value)


def _write_time(value: dt.datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a time without an offset")
    return value.isoformat()


def _read_time(value: Any, _: Any) -> dt.datetime:
    time = dt.datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError("time with an offset expected")
    return time


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    def check(value: Any, _: Any) -> Any:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ValueError(f"{kind.__name__} expected")
        return value

    return check


def stored_converter(*, is_sparse: bool) -> Converter:
    """Strict about values, tolerant about fields. is_sparse: leave out fields that are at their default."""
    converter = Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list})
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _exactly(plain))
    # The hook of str would read every StrEnum too, and leave it text.
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
    converter.register_unstructure_hook(Decimal, _write_decimal)
    converter.register_structure_hook(Decimal, _read_decimal)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_structure_hook(dt.date, lambda value, _: dt.date.fromisoformat(value))
    converter.register_unstructure_hook(dt.datetime, _write_time)
    converter.register_structure_hook(dt.datetime, _read_time)
    converter.register_unstructure_hook_func(_is_frozenset, sorted)
    converter.register_structure_hook_factory(is_namedtuple, namedtuple_dict_structure_factory)
    converter.register_unstructure_hook_factory(is_namedtuple, namedtuple_dict_unstructure_factory)
    converter.register_structure_hook_factory(
        dataclasses.is_dataclass, lambda wanted: _dataclass_reader(wanted, converter)
    )
    converter.register_unstructure_hook_factory(
        dataclasses.is_dataclass, lambda given: _dataclass_writer(given, converter, is_sparse=is_sparse)
    )
    for kind, write, read in (
        (
            Seconds,
            lambda at: f"{at.timestamp():.6f}",
            lambda text, _: dt.datetime.fromtimestamp(float(text), dt.UTC),
        ),
        (MessageText, stored_text, lambda text, _: read_stored_text(text)),
        (CommaList, ",".join, lambda text, _: tuple(name for name in text.split(",") if name)),
    ):
        converter.register_unstructure_hook_func(_is(kind), write)
        converter.register_structure_hook_func(_is(kind), read)
        # cattrs loses what Annotated adds within an Optional.
        converter.register_unstructure_hook_func(_is(kind | None), _or_none(write))
    return converter


def _is_frozenset(kind: Any) -> bool:
    return get_origin(kind) is frozenset


def _is(kind: Any) -> Callable[[Any], bool]:
    return lambda other: other == kind


def _or_none(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else write(value)


def _dataclass_reader(wanted: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """Goes through what is stored, not through the class: most fields of a row are at their default, and
    cattrs' own function asks for each of them.
    """
    kinds = get_type_hints(wanted, include_extras=True)
    readers = {
        field.name: (converter.get_structure_hook(kinds[field.name]), kinds[field.name])
        for field in dataclasses.fields(wanted)
    }
    former = {
        field.metadata[FORMER_NAME]: field.name
        for field in dataclasses.fields(wanted)
        if FORMER_NAME in field.metadata
    }

    def read(stored: Any, _: Any) -> Any:
        given = {}
        for name, value in stored.items():
            if name in former and former[name] not in stored:
                name = former[name]
            if name in readers:
                hook, kind = readers[name]
                given[name] = hook(value, kind)
        return wanted(**given)

    return read


def _dataclass_writer(given: Any, converter: Converter, *, is_sparse: bool) -> Callable[[Any], Any]:
    """cattrs' own function reads the annotations of a dataclass without what Annotated adds to them."""
    kinds = get_type_hints(given, include_extras=True)
    writers = [
        (field.name, converter.get_unstructure_hook(kinds[field.name]), field.default)
        for field in dataclasses.fields(given)
    ]
    if not is_sparse:
        return lambda value: {name: write(getattr(value, name)) for name, write, _ in writers}
    missing = dataclasses.MISSING
    usual = {name: write(default) for name, write, default in writers if default is not missing}

    def write_sparse(value: Any) -> dict[str, Any]:
        sparse = {}
        for name, write, default in writers:
            item = getattr(value, name)
            if item is default:
                continue
            item = write(item)
            if name not in usual or usual[name] != item:
                sparse[name] = item
        return sparse

    return write_sparse
