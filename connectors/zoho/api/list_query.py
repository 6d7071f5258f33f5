"""How to request one page of a list (zoho.md 2.5, 2.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MAX_PER_PAGE = 200
"""More is reported to work and not documented (zoho.md 2.5)."""


@dataclass(frozen=True, kw_only=True)
class ZohoListQuery:
    """One page of a list, counted from 1.

    modified_since: inclusive; Zoho may ignore it (zoho.md 2.6). sort: a column of Zoho's. customer_id: only
    this customer's rows.
    """

    page: int = 1
    per_page: int = MAX_PER_PAGE
    modified_since: dt.datetime | None = None
    sort: str = ""
    descending: bool = False
    customer_id: str = ""

    def params(self) -> dict[str, str]:
        """Zoho's query parameters; unset ones are left out."""
        if self.page < 1 or not 1 <= self.per_page <= MAX_PER_PAGE:
            raise ValueError("a list has pages from 1, of 1 to 200 rows")
        params = {"page": str(self.page), "per_page": str(self.per_page)}
        if self.modified_since is not None:
            params["last_modified_time"] = zoho_time(self.modified_since)
        if self.sort:
            params |= {"sort_column": self.sort, "sort_order": "D" if self.descending else "A"}
        if self.customer_id:
            params["customer_id"] = self.customer_id
        return params


def zoho_time(instant: dt.datetime) -> str:
    """Zoho's format: an offset without colon, no fractions; others have failed for other clients (zoho.md
    2.6).
    """
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S%z")
