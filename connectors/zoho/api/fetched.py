"""What Zoho answered, and when it said so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.zoho.api.errors import ZohoUnreadable

T = TypeVar("T", covariant=True)


@dataclass(frozen=True)
class Fetched(Generic[T]):
    """A value and the moment Zoho said it (UTC)."""

    value: T
    as_of: dt.datetime


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. has_more: whether Zoho has another page. unreadable: rows that could not be read,
    each by name.

    total: of the whole list, where Zoho was asked for it and said it.
    """

    rows: tuple[T, ...]
    has_more: bool
    as_of: dt.datetime
    unreadable: tuple[ZohoUnreadable, ...] = ()
    total: int | None = None
