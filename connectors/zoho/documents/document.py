"""Documents as JSON for our stores, and back without loss: cache/stored.py says how."""

from __future__ import annotations

from typing import Any, Self

from cache.stored import StoredUnreadable, from_stored, to_sparse
from connectors.zoho.api.errors import ZohoUnreadable


class Document:
    """A document that can be stored and restored unchanged."""

    def to_stored(self) -> dict[str, Any]:
        """JSON-ready: only dicts, lists, strings, ints, booleans and None. Fields at their default are left
        out, as most fields of a row are.
        """
        return to_sparse(self)

    @classmethod
    def from_stored(cls, body: dict[str, Any]) -> Self:
        """The document that `to_stored()` was made from. Newer fields get their defaults; unreadable values
        raise ZohoUnreadable.
        """
        try:
            return from_stored(cls, body)
        except StoredUnreadable as fault:
            raise ZohoUnreadable(
                org="", kind=f"stored {cls.__name__.lower()}", id="", field=str(fault)[:80]
            ) from fault
