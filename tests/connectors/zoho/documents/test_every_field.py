"""Field by field, for every document: nothing in all its spellings, the wrong type, an object for a list,
what nobody knows.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import Nested, NestedList, ZohoSchema
from connectors.zoho.documents.zoho_fields import Amount
from tests.connectors.zoho.documents.zoho_bodies import bodies, junk

few_times = settings(max_examples=8)
"""Each of the fields of each document is tried: two hundred tests, of which every run tries other values."""

EMPTY_VALUES = ("", None, "missing")
wrong = st.one_of(
    junk,
    st.sampled_from(
        [True, [], {}, 1.5, "x", "NaN", "1e999", -1, [[]], [{}], {"": ""}, "2026-13-45", "\ud800"]
    ),
)


def schema_of(document: type[Document]) -> ZohoSchema[Any]:
    """The schema that reads this document: it stands in the document's own module."""
    found = [var for var in vars(sys.modules[document.__module__]).values() if isinstance(var, ZohoSchema)]
    return next(item for item in found if item.document is document)


def key_of(schema: ZohoSchema[Any], field: str) -> str:
    return schema.fields[field].data_key or field


def reader(document: type[Document]) -> Callable[..., Any]:
    return document.from_zoho  # type: ignore[attr-defined, no-any-return]


def with_nothing(body: dict[str, Any], keys: tuple[str, ...], nothing: Any) -> dict[str, Any]:
    """The body with `nothing` under these keys: "missing" takes them out."""
    without = {name: value for name, value in body.items() if name not in keys}
    return without if nothing == "missing" else {**without, **dict.fromkeys(keys, nothing)}


def spellings(schema: ZohoSchema[Any], key: str) -> tuple[str, ...]:
    return (key, *schema.aliases.get(key, ()))


EVERY_FIELD = [
    pytest.param(document, field, id=f"{document.__name__}.{key_of(schema_of(document), field)}")
    for document in bodies
    for field in schema_of(document).fields
]
every_field = pytest.mark.parametrize(("document", "field"), EVERY_FIELD)
SAID_TWICE = {
    ("Subscription", "customer_id"): "customer",
    ("Subscription", "customer_name"): "customer",
    ("HostedPage", "invoice_id"): "data",
    ("HostedPage", "subscription_id"): "data",
}
"""(document, field) → the object that says it too: it goes along with the field."""


def test_every_document_that_the_connectors_read_is_among_them() -> None:
    """A schema with an id of its own reads a whole document; one that nobody feeds here would be untested."""
    kinds = {
        var.document.__name__
        for name, module in list(sys.modules.items())
        if name.startswith("connectors.zoho.documents.")
        for var in vars(module).values()
        if isinstance(var, ZohoSchema) and var.id_key
    }
    assert kinds == {document.__name__ for document in bodies}


@every_field
@few_times
@given(data=st.data())
def test_facts_2_4_every_spelling_of_nothing_is_the_same_nothing(
    document: type[Document], field: str, data: st.DataObject
) -> None:
    schema, body = schema_of(document), data.draw(bodies[document])
    keys = (
        *spellings(schema, key_of(schema, field)),
        *([beside] if (beside := SAID_TWICE.get((document.__name__, field))) else []),
    )
    outcomes = []
    for nothing in EMPTY_VALUES:
        try:
            outcomes.append(reader(document)(with_nothing(body, keys, nothing), org="us-1").to_stored())
        except ZohoUnreadable as fault:
            outcomes.append((fault.kind, fault.field))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert isinstance(outcomes[0], tuple) is schema.fields[field].required
    if schema.fields[field].required:
        assert outcomes[0] == (schema.kind, key_of(schema, field))


@every_field
@few_times
@given(data=st.data(), value=wrong)
def test_a_wrong_value_is_named_by_organisation_id_and_field_or_read_as_what_it_says(
    document: type[Document], field: str, data: st.DataObject, value: Any
) -> None:
    schema, body = schema_of(document), data.draw(bodies[document])
    key = key_of(schema, field)
    given_id = str(body[schema.id_key])
    try:
        one = reader(document)({**body, key: value}, org="us-1")
    except ZohoUnreadable as fault:
        assert fault.org == "us-1"
        assert fault.field.split(".")[0] == key
        if key != schema.id_key:
            assert fault.id == (given_id[:40] if given_id.isdigit() else "")
        return
    assert json.loads(json.dumps(one.to_stored())) == one.to_stored()
    if isinstance(schema.fields[field], Amount) and hasattr(one, field):
        assert getattr(one, field) is None or getattr(one, field) == Decimal(str(value)), (
            "a figure that Zoho did not give"
        )


@pytest.mark.parametrize(
    ("document", "field"),
    [item for item in EVERY_FIELD if isinstance(schema_of(item.values[0]).fields[item.values[1]], Amount)],  # type: ignore[arg-type, index]
)
@settings(max_examples=5)
@given(data=st.data())
def test_facts_2_4_every_amount_is_read_to_the_digit_and_nought_is_nought(
    document: type[Document], field: str, data: st.DataObject
) -> None:
    schema, body = schema_of(document), data.draw(bodies[document])
    for said in (0, "0", "0.00", -3, "12.50", Decimal("0.005")):
        one = reader(document)({**body, key_of(schema, field): said})
        assert getattr(one, field) == Decimal(said)


@pytest.mark.parametrize("document", bodies, ids=lambda document: document.__name__)
@given(data=st.data())
def test_facts_9_15_unknown_fields_change_nothing(document: type[Document], data: st.DataObject) -> None:
    body = data.draw(bodies[document])
    strange = {
        f"cf_{name}": value
        for name, value in data.draw(st.dictionaries(st.text(max_size=5), junk, max_size=3)).items()
    }
    assert reader(document)({**body, **strange}) == reader(document)(body)


@pytest.mark.parametrize(
    "document", [body for body in bodies if "status" in schema_of(body).fields], ids=lambda one: one.__name__
)
@given(data=st.data(), status=st.sampled_from(["paused", "PAUSED", "wird geprüft", "statut inconnu", "7"]))
def test_facts_10_25_an_unknown_status_is_kept_and_means_nothing(
    document: type[Document], data: st.DataObject, status: str
) -> None:
    schema = schema_of(document)
    names = spellings(schema, key_of(schema, "status"))
    one = reader(document)({**data.draw(bodies[document]), **dict.fromkeys(names, status)})
    assert one.status == status
    assert not getattr(one, "is_closed", False)
    assert not (hasattr(one, "can_be_paid") and one.can_be_paid())


@pytest.mark.parametrize(
    ("document", "field"),
    [
        item
        for item in EVERY_FIELD
        if isinstance(schema_of(item.values[0]).fields[item.values[1]], Nested | NestedList)
    ],  # type: ignore[arg-type, index]
)
@given(data=st.data())
def test_facts_9_1_an_object_and_a_list_of_that_one_object_are_the_same(
    document: type[Document], field: str, data: st.DataObject
) -> None:
    schema, body = schema_of(document), data.draw(bodies[document])
    names = spellings(schema, key_of(schema, field))
    inside = next((body[name] for name in names if body.get(name)), None)
    one = inside[0] if isinstance(inside, list) else inside
    if not one:
        return
    as_object, as_list = ({**body, **dict.fromkeys(names, shape)} for shape in (one, [one]))
    assert reader(document)(as_object) == reader(document)(as_list)
