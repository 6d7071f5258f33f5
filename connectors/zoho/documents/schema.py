"""How Zoho's JSON is read: many spellings of absent, wrong types refused by name, nothing invented (zoho.md
2.4 and 9).

A field that Zoho leaves out, sends as null or as "" keeps the dataclass's default. A wrong value makes the
document unreadable: `ZohoUnreadable` names organisation, kind, id and field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, missing, post_load, pre_load

from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.documents.zoho_fields import Tolerant, is_absent

D = TypeVar("D")


class Nested(Tolerant[Any]):
    """One nested object. A list holding it is accepted too: specification and reality disagree on
    `contact_person` (zoho.md 9.1).

    An object whose fields are all absent is None: that is how Zoho writes the card of a subscription without
    one.
    """

    def __init__(self, schema: type[ZohoSchema[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.schema = schema()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if value == []:
            return missing
        if not isinstance(value, dict):
            raise ValidationError("not an object")
        if all(is_absent(item) for item in value.values()):
            return missing
        return self.schema.load(value)


class NestedList(Tolerant[tuple[Any, ...]]):
    """Several nested objects. A single object counts as a list of one; items that are "" or null
    are skipped.
    """

    def __init__(self, schema: type[ZohoSchema[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.schema = schema()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[Any, ...]:
        items = [value] if isinstance(value, dict) and value else value
        if not isinstance(items, list | dict):
            raise ValidationError("not a list")
        parsed, faults = [], {}
        for place, item in enumerate(items):
            if is_absent(item):
                continue
            try:
                parsed.append(self.schema.load(item))
            except ValidationError as fault:
                faults[place] = fault.messages
        if faults:
            raise ValidationError(faults)
        return tuple(parsed)


class ZohoSchema(Schema, Generic[D]):
    """Reads one kind of object. Unknown fields are ignored: Zoho and its country editions add some at any
    time (zoho.md 9.15).

    document: the dataclass to build. kind: its name for people. id_key: the key of its id.
    aliases: Zoho's other names for a field, the first present wins: {"zip": ("zipcode",)} (zoho.md 9.2).
    """

    document: ClassVar[type]
    kind: ClassVar[str] = ""
    id_key: ClassVar[str] = ""
    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    class Meta:
        unknown = EXCLUDE

    @pre_load
    def resolve_aliases(self, body: Any, **_: Any) -> Any:
        if not isinstance(body, dict):
            return body
        found = {
            name: next((body[other] for other in others if not is_absent(body.get(other))), None)
            for name, others in self.aliases.items()
            if is_absent(body.get(name))
        }
        return {**body, **{name: value for name, value in found.items() if value is not None}}

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> D:
        built: D = self.document(**{name: value for name, value in values.items() if value is not missing})
        return built


def parse(schema: ZohoSchema[D], body: object, *, org: str) -> D:
    """Zoho's object as one of our documents. Raises ZohoUnreadable naming the first unreadable field."""
    try:
        document: D = schema.load(body)  # type: ignore[arg-type]  # whatever it is, the schema says so
    except ValidationError as fault:
        field, why = next(_faults(fault.messages), ("", ""))
        given = body.get(schema.id_key) if isinstance(body, dict) else ""
        number = str(given) if isinstance(given, str | int) and str(given).isdigit() else ""
        raise ZohoUnreadable(
            org=org, kind=schema.kind, id=number[:40], field=field or "the whole object", why=why
        ) from None
    return document


def _faults(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for name, inner in messages.items():
            step = "" if name == "_schema" else str(name)
            yield from _faults(inner, f"{path}.{step}" if path and step else path or step)
    else:
        yield path, ", ".join(map(str, messages)) if isinstance(messages, list) else str(messages)
