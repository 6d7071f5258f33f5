"""Documents as JSON for our stores, and back without loss: decimals as text, dates and times in ISO
format.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Callable, Hashable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Self, Union, cast, get_args, get_origin, get_type_hints

from connectors.zoho.api.errors import ZohoUnreadable


class Document:
    """A document that can be stored and restored unchanged."""

    def to_stored(self) -> dict[str, Any]:
        """JSON-ready: only dicts, lists, strings, ints, booleans and None. Fields at their default are left
        out, as most fields of a row are.
        """
        stored: dict[str, Any] = _store(self)
        return stored

    @classmethod
    def from_stored(cls, body: dict[str, Any]) -> Self:
        """The document that `to_stored()` was made from. Newer fields get their defaults; unreadable values
        raise ZohoUnreadable.
        """
        try:
            document: Self = _restorer(cast(Hashable, cls))(body)
        except (TypeError, ValueError, InvalidOperation, KeyError, AttributeError) as fault:
            raise ZohoUnreadable(
                org="", kind=f"stored {cls.__name__.lower()}", id="", field=str(fault)[:80]
            ) from fault
        return document


def _store(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        stored = {field.name: _store(getattr(value, field.name)) for field in dataclasses.fields(value)}
        usual = _defaults(type(value))
        return {name: text for name, text in stored.items() if name not in usual or usual[name] != text}
    if isinstance(value, tuple):
        named = getattr(value, "_fields", None)
        return (
            {name: _store(one) for name, one in zip(named, value, strict=True)}
            if named
            else [_store(one) for one in value]
        )
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@cache
def _restorer(wanted: Any) -> Callable[[Any], Any]:
    """How to restore a value of this type. Cached per type: a list page restores hundreds of values."""
    if get_origin(wanted) in (Union, types.UnionType):
        given = _restorer(next(one for one in get_args(wanted) if one is not types.NoneType))
        return lambda value: None if value is None else given(value)
    if get_origin(wanted) is tuple:
        each = _restorer(get_args(wanted)[0])
        return lambda value: tuple(map(each, value))
    if dataclasses.is_dataclass(wanted) or issubclass(wanted, tuple):
        shape = {name: _restorer(kind) for name, kind in _shape(wanted).items()}
        return lambda value: wanted(
            **{name: shape[name](one) for name, one in value.items() if name in shape}
        )
    if wanted is Decimal:
        return Decimal
    if issubclass(wanted, dt.date):
        return cast(Callable[[Any], Any], wanted.fromisoformat)
    return lambda value: _checked(wanted, value)


def _checked(wanted: type, value: Any) -> Any:
    if not isinstance(value, wanted):
        raise ValueError(f"{wanted.__name__} expected")
    return value


@cache
def _defaults(wanted: Any) -> dict[str, Any]:
    """Field → its default in stored form; required fields are not included."""
    return {
        field.name: _store(field.default)
        for field in dataclasses.fields(wanted)
        if field.default is not dataclasses.MISSING
    }


def _shape(wanted: type) -> dict[str, Any]:
    if not dataclasses.is_dataclass(wanted):
        return get_type_hints(wanted)
    kinds = get_type_hints(wanted)
    return {field.name: kinds[field.name] for field in dataclasses.fields(wanted)}
