"""The one mapping between our dataclasses and what Redis holds of them (docs/decisions/0031).

Reading is tolerant of what another release wrote: an unknown field is ignored, a missing one gets its
default, a renamed one is still found under the name of the release before (`formerly`). It is strict about
values: each must have the type of its field, decimals are finite plain text, times have an offset.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from cache.stored_converter import FORMER_NAME, stored_converter

T = TypeVar("T")


class StoredUnreadable(ValueError):
    """What is stored does not fit its class: a field without a default is missing, or a value is wrong."""


def formerly(name: str) -> dict[str, str]:
    """Metadata of a field that the release before stored under this name. For one release only."""
    return {FORMER_NAME: name}


def to_stored(value: Any) -> Any:
    """JSON-ready and whole: dicts, lists, strings, ints, booleans and None. Raises ValueError for a decimal
    that is not finite and a time without an offset.
    """
    return _WHOLE.unstructure(value)


def to_sparse(value: Any) -> dict[str, Any]:
    """The same of a dataclass, without fields that are at their default, as most fields of a row are. No
    script may read such fields.
    """
    sparse: dict[str, Any] = _SPARSE.unstructure(value)
    return sparse


def from_stored(wanted: type[T], stored: Any) -> T:
    """What `to_stored` or `to_sparse` was given, in this release or the one before. Raises
    StoredUnreadable.
    """
    try:
        return _WHOLE.structure(stored, wanted)
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as fault:
        raise StoredUnreadable(f"{getattr(wanted, '__name__', wanted)}: {str(fault)[:80]}") from fault


def to_json(value: Any, *, without: tuple[str, ...] = ()) -> str:
    """A record as one text. without: fields that its key tells already."""
    return json.dumps({name: item for name, item in to_stored(value).items() if name not in without})


def from_json(wanted: type[T], text: Any, **from_key: str) -> T | None:
    """The record of this text; None for no text. from_key: fields that its key tells. Raises
    StoredUnreadable.
    """
    if not text:
        return None
    try:
        fields = json.loads(text)
    except ValueError as fault:
        raise StoredUnreadable(f"{wanted.__name__}: no JSON") from fault
    if not isinstance(fields, dict):
        raise StoredUnreadable(f"{wanted.__name__}: no object")
    return from_stored(wanted, {**fields, **from_key})


def to_hash(value: Any) -> dict[str, str]:
    """A record as a flat hash: text as it is, None as "", anything else as JSON."""
    return {
        name: "" if item is None else item if isinstance(item, str) else json.dumps(item)
        for name, item in to_stored(value).items()
    }


def from_hash(wanted: type[T], texts: Mapping[str, str], **from_key: str) -> T:
    """The record of this hash. from_key: fields that its key tells. Raises StoredUnreadable."""
    fields: dict[str, Any] = {}
    for name, how in _hash_fields(cast(Hashable, wanted)).items():
        text = texts.get(name)
        if text is None or (text == "" and how is _Held.JSON):
            continue
        try:
            fields[name] = _HOW_READ[how](text)
        except ValueError as fault:
            raise StoredUnreadable(f"{wanted.__name__}.{name}: no JSON") from fault
    return from_stored(wanted, {**fields, **from_key})


class _Held(Enum):
    """How a field stands in a hash."""

    TEXT = "text"
    TEXT_OR_NONE = "text or none"
    JSON = "json"


_HOW_READ: dict[_Held, Callable[[str], Any]] = {
    _Held.TEXT: str,
    _Held.TEXT_OR_NONE: lambda text: text or None,
    _Held.JSON: json.loads,
}


@cache
def _hash_fields(wanted: Any) -> dict[str, _Held]:
    """Every name under which a field may stand, the former ones too."""
    kinds = get_type_hints(wanted, include_extras=True)
    found: dict[str, _Held] = {}
    for field in dataclasses.fields(wanted):
        kind, how = kinds[field.name], _Held.TEXT
        if get_origin(kind) in (Union, types.UnionType):
            kind, how = next(arg for arg in get_args(kind) if arg is not types.NoneType), _Held.TEXT_OR_NONE
        is_text = get_origin(kind) is Annotated or (
            isinstance(kind, type) and issubclass(kind, (str, Decimal, dt.date, Enum))
        )
        for name in {field.name, field.metadata.get(FORMER_NAME, field.name)}:
            found[name] = how if is_text else _Held.JSON
    return found


_WHOLE = stored_converter(is_sparse=False)
_SPARSE = stored_converter(is_sparse=True)
