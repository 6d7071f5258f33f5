"""Marshmallow fields for single values of Zoho's JSON, which know its spellings of absent (zoho.md 2.4 and
9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from marshmallow import ValidationError, fields, missing

T = TypeVar("T")

MAX_EXPONENT = 18
"""Amounts of 10^19 and more are rejected; they would also break rounding to a currency's places."""


def is_absent(value: object) -> bool:
    """Zoho's spellings of absent: a missing key, null, and "" even where a number, a list or a boolean
    belongs (zoho.md 2.4, 9.3).
    """
    return value is None or value is missing or value == ""


class Tolerant(fields.Field[T]):
    """A field that treats every spelling of absent as missing."""

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        return super().deserialize(missing if is_absent(value) else value, attr, data, **kwargs)


class Text(Tolerant[str]):
    """Text. Zoho's specification types some texts as numbers; a whole number becomes its digits."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        if isinstance(value, str):
            # JSON may hold half of a surrogate pair, which neither a page nor an email could encode.
            return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise ValidationError("not a text")


class Identifier(Tolerant[str]):
    """A Zoho id: digits, kept as text, because it is too large for a float or JavaScript (zoho.md 9.12)."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(text, str) or not (text.isascii() and text.isdigit()):
            raise ValidationError("not an id")
        return text


class LastFour(Text):
    """The last four digits of a card or an account. Zoho's specification types them as a number, which drops
    leading zeros.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        return super()._deserialize(value, attr, data, **kwargs).zfill(4)


class Amount(Tolerant[Decimal]):
    """An exact decimal, from a JSON number parsed as Decimal or from text (zoho.md 2.4).

    Floats are refused: they have already lost precision.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Decimal:
        return parse_decimal(value)


class AmountOrPercent(Tolerant[Decimal]):
    """An amount that Zoho may also write as a percentage, "12.5%" (estimates.yml, invoices.yml: discount).

    Each instance reads only one of the two.
    """

    def __init__(self, *, percent: bool, **kwargs: Any) -> None:
        super().__init__(load_only=True, **kwargs)
        self.percent = percent

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        is_percent = isinstance(value, str) and value.rstrip().endswith("%")
        if is_percent != self.percent:
            return missing
        return parse_decimal(value.rstrip()[:-1] if is_percent else value)


class Count(Tolerant[int]):
    """A small whole number, from a number or from digits."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        number = parse_decimal(value)
        if number != number.to_integral_value() or not 0 <= number <= 1_000_000:
            raise ValidationError("not a count")
        return int(number)


class Boolean(Tolerant[bool]):
    """True or false, also as text."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        raise ValidationError("not a yes or no")


class Day(Tolerant[dt.date]):
    """yyyy-mm-dd."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dt.date:
        try:
            return dt.datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
        except (TypeError, ValueError):
            raise ValidationError("not a date") from None


class Instant(Tolerant[dt.datetime]):
    """2026-06-09T09:46:21-0400 → the same instant in UTC. Refused without an offset, which leaves the instant
    open.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dt.datetime:
        try:
            instant = dt.datetime.fromisoformat(value)
            if instant.tzinfo is None:
                raise ValueError
            return instant.astimezone(dt.UTC)
        except (TypeError, ValueError, OverflowError):
            raise ValidationError("not a time with an offset") from None


class TextList(Tolerant[tuple[str, ...]]):
    """Several texts: a list, or one text joined by commas (`invoice_numbers` of a payment, zoho.md 4.6)."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[str, ...]:
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list) or not all(
            isinstance(item, str | int) and not isinstance(item, bool) for item in given
        ):
            raise ValidationError("not a list of texts")
        return tuple(text for item in given if (text := str(item).strip()))


class NestedIds(Tolerant[tuple[str, ...]]):
    """The ids in an undocumented list of objects: odd items are skipped and never make a document unreadable.

    name: the key of the id in each object.
    """

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = name

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[str, ...]:
        given = (
            (item.get(self.name) for item in value if isinstance(item, dict))
            if isinstance(value, list)
            else ()
        )
        texts = (str(item) for item in given if isinstance(item, str | int) and not isinstance(item, bool))
        return tuple(dict.fromkeys(text for text in texts if text.isascii() and text.isdigit()))


def parse_decimal(value: object) -> Decimal:
    """A finite decimal of sane size from an int, a Decimal or text; raises ValidationError."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValidationError("not a number")
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError):
        raise ValidationError("not a number") from None
    if not number.is_finite() or (number and abs(number.adjusted()) > MAX_EXPONENT):
        raise ValidationError("not an amount")
    return number
