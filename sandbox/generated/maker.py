"""The interface of record makers, and a lazy view of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sandbox.world import Record


class Maker(Protocol):
    """Makes the records of one kind, each from its number, the same every time."""

    @property
    def numbers(self) -> Sequence[int]:
        """The existing numbers, ascending."""

    @property
    def quick(self) -> Mapping[str, Callable[[int], Any]]:
        """Fields for filtering and sorting, known without making the record."""

    def key(self, number: int) -> str:
        """The id of a record."""

    def number(self, key: str) -> int | None:
        """The number behind an id; None for an id that is not one of these."""

    def record(self, number: int) -> Record:
        """The whole record, new each time."""


class RecordView(Mapping[str, Any]):
    """A read-only generated record: listed fields are available at once, any other makes the record, once."""

    __slots__ = ("_made", "_maker", "_number")

    def __init__(self, maker: Maker, number: int) -> None:
        self._maker, self._number = maker, number
        self._made: Record | None = None

    def __getitem__(self, name: str) -> Any:
        quick = self._maker.quick.get(name)
        return self._whole()[name] if quick is None else quick(self._number)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> Record:
        if self._made is None:
            self._made = self._maker.record(self._number)
        return self._made
