"""What Zoho returned, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.zoho.api.errors import ZohoUnreadable

T = TypeVar("T", covariant=True)


@dataclass(frozen=True)
class Fetched(Generic[T]):
    """A value and the time Zoho returned it (UTC)."""

    value: T
    as_of: dt.datetime


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. has_more: whether Zoho has another page. unreadable: one error per row that could
    not be read.

    total: of the whole list, if requested and returned.
    """

    rows: tuple[T, ...]
    has_more: bool
    as_of: dt.datetime
    unreadable: tuple[ZohoUnreadable, ...] = ()
    total: int | None = None
