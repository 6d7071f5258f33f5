"""One operation of Zoho's API, and the only place where an id enters a URL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote

DIGITS = re.compile(r"[0-9]{1,25}")
"""Zoho's ids have up to 19 digits today (zoho.md 2.4)."""

OTHER_SHAPES: Mapping[str, re.Pattern[str]] = {"hostedpage_id": re.compile(r"[0-9A-Za-z]{8,128}")}
"""Ids that are not all digits: a hosted page's is a long hexadecimal number (hosted-pages.yml)."""


class NotAZohoId(ValueError):
    """An id is empty or malformed. It must never become part of a URL."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One operation with its ids filled in. path starts below the product's base URL."""

    method: str
    path: str
    scope: str

    @property
    def is_write(self) -> bool:
        return self.method != "GET"

    @property
    def label(self) -> str:
        """Method and path without parameters, for logs and errors."""
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

        An empty id would turn one document's URL into that of a bulk operation on all of them (zoho.md 9.18).
        """
        names = [name for _, name, _, _ in Formatter().parse(self.path) if name]
        if len(names) != len(ids):
            raise NotAZohoId(f"{self.path} takes {len(names)} ids, not {len(ids)}")
        filled = {name: checked_id(name, value) for name, value in zip(names, ids, strict=True)}
        return Call(method=self.method, path=self.path.format(**filled), scope=self.scope)


def is_zoho_id(text: str) -> bool:
    """Whether it looks like a document id: digits only (zoho.md 2.4)."""
    return bool(DIGITS.fullmatch(text))


def checked_id(name: str, value: str) -> str:
    """The id, safe for a URL and a body. Raises NotAZohoId."""
    if not isinstance(value, str) or not OTHER_SHAPES.get(name, DIGITS).fullmatch(value):
        raise NotAZohoId(f"{name} is not an id of Zoho")
    return quote(value, safe="")
