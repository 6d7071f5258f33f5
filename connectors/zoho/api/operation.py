"""One operation of Zoho's API, and the only place where an id enters an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote

DIGITS = re.compile(r"[0-9]{1,25}")
"""Zoho's ids have up to 19 digits today (zoho.md 2.4)."""

OTHER_SHAPES: Mapping[str, re.Pattern[str]] = {"hostedpage_id": re.compile(r"[0-9A-Za-z]{8,128}")}
"""Ids that are not digits: a hosted page's is a long hexadecimal number (hosted-pages.yml)."""


class NotAZohoId(ValueError):
    """What should be an id is empty or of another shape. It must never become part of an address."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One operation with its ids filled in. path starts below the product's base address."""

    method: str
    path: str
    scope: str

    @property
    def is_write(self) -> bool:
        return self.method != "GET"

    @property
    def label(self) -> str:
        """For logs and errors: method and path, without parameters."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A documented operation. path holds {placeholders} for ids; scope is what the grant must cover; used_for
    is for the README.
    """

    method: str
    path: str
    scope: str
    used_for: str

    def at(self, *ids: str) -> Call:
        """The call for these ids, in the order of the path. Raises NotAZohoId.

        An empty id would turn one document's address into that of a bulk operation on all (zoho.md 9.18).
        """
        names = [name for _, name, _, _ in Formatter().parse(self.path) if name]
        if len(names) != len(ids):
            raise NotAZohoId(f"{self.path} takes {len(names)} ids, not {len(ids)}")
        filled = {name: checked_id(name, value) for name, value in zip(names, ids, strict=True)}
        return Call(method=self.method, path=self.path.format(**filled), scope=self.scope)


def is_zoho_id(text: str) -> bool:
    """Whether it has the shape of a document's id: digits (zoho.md 2.4)."""
    return bool(DIGITS.fullmatch(text))


def checked_id(name: str, value: str) -> str:
    """The id, fit for an address and for a body. Raises NotAZohoId."""
    if not isinstance(value, str) or not OTHER_SHAPES.get(name, DIGITS).fullmatch(value):
        raise NotAZohoId(f"{name} is not an id of Zoho")
    return quote(value, safe="")
