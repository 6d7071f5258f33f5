"""What every document that is mirrored has in common, whatever its kind."""

from __future__ import annotations

from typing import Any, Protocol, Self, TypeVar


class MirroredDocument(Protocol):
    """customer_id: the customer it belongs to; a contact belongs to itself. version: as VersionedDocument has
    it.
    """

    @property
    def id(self) -> str: ...
    @property
    def customer_id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def version(self) -> str: ...

    def to_stored(self) -> dict[str, Any]: ...
    @classmethod
    def from_stored(cls, body: dict[str, Any]) -> Self: ...


class NumberedDocument(MirroredDocument, Protocol):
    """One that Zoho prints, under a number of its own."""

    @property
    def number(self) -> str: ...


D = TypeVar("D", bound=MirroredDocument)
N = TypeVar("N", bound=NumberedDocument)
