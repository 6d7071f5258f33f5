"""All records of one kind by id: stored ones, and generated ones that are made on demand."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, MutableMapping, ValuesView
from typing import Any, cast

from sandbox.generated.maker import Maker, RecordView
from sandbox.world import Record


class GeneratedRecords(MutableMapping[str, Record]):
    """A record fetched by id may be changed in place until `flush`, which stores it if it changed.

    Iterating gives lightweight read-only views of generated records.
    """

    def __init__(self, maker: Maker, written: dict[str, Record], gone: set[int]) -> None:
        self.maker, self.written, self.gone = maker, written, gone
        """gone: numbers that are stored by now, or deleted."""
        self._loaded: dict[str, tuple[int, Record]] = {}

    def __getitem__(self, key: str) -> Record:
        if key in self.written:
            return self.written[key]
        if key in self._loaded:
            return self._loaded[key][1]
        number = self._number(key)
        if number is None:
            raise KeyError(key)
        record = self.maker.record(number)
        self._loaded[key] = (number, record)
        return record

    def __setitem__(self, key: str, record: Record) -> None:
        self._drop_generated(key)
        self.written[key] = record

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._drop_generated(key)
        self.written.pop(key, None)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (key in self.written or self._number(key) is not None)

    def __iter__(self) -> Iterator[str]:
        yield from self.written
        yield from (self.maker.key(number) for number in self.generated_numbers())

    def __len__(self) -> int:
        return len(self.written) + len(self.maker.numbers) - len(self.gone)

    def values(self) -> ValuesView[Record]:
        return _Values(self)

    def items(self) -> ItemsView[str, Record]:
        return _Items(self)

    def generated_numbers(self) -> Iterator[int]:
        """Numbers of the records that are still generated, ascending."""
        return (number for number in self.maker.numbers if number not in self.gone)

    def view(self, number: int) -> Record:
        """A generated record, read-only."""
        return cast(Record, RecordView(self.maker, number))

    def flush(self) -> None:
        """Store fetched records that were changed, and drop the others."""
        for key, (number, record) in list(self._loaded.items()):
            if record != self.maker.record(number):
                self[key] = record
        self._loaded.clear()

    def _number(self, key: str) -> int | None:
        number = self.maker.number(key)
        return None if number is None or number in self.gone else number

    def _drop_generated(self, key: str) -> None:
        number = self._number(key)
        self._loaded.pop(key, None)
        if number is not None:
            self.gone.add(number)


class _Values(ValuesView[Record]):
    _mapping: GeneratedRecords

    def __iter__(self) -> Iterator[Record]:
        yield from self._mapping.written.values()
        yield from map(self._mapping.view, self._mapping.generated_numbers())


class _Items(ItemsView[str, Record]):
    _mapping: GeneratedRecords

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield from self._mapping.written.items()
        yield from (
            (self._mapping.maker.key(number), self._mapping.view(number))
            for number in self._mapping.generated_numbers()
        )
