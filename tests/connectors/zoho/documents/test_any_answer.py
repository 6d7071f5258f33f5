"""Whatever Zoho sends: no crash, no invented figure, and what was read survives our own stores exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.money import Money, rounded
from tests.connectors.zoho.documents.zoho_bodies import bodies, junk

STANDS_FOR = {"updated_time": "last_modified_time"}
each_document = pytest.mark.parametrize("document", bodies, ids=lambda document: document.__name__)


def reader(document: type[Document]) -> Callable[..., Any]:
    return document.from_zoho  # type: ignore[attr-defined, no-any-return]


@each_document
@given(data=st.data())
def test_what_was_read_comes_out_of_a_store_equal(document: type[Document], data: st.DataObject) -> None:
    one = reader(document)(data.draw(bodies[document]), org="us-1")
    kept = json.loads(json.dumps(one.to_stored()))
    again = document.from_stored(kept)
    assert again == one
    assert again.to_stored() == one.to_stored()


@each_document
@given(data=st.data())
def test_a_wrong_field_makes_a_readable_document_or_a_named_fault(
    document: type[Document], data: st.DataObject
) -> None:
    body = data.draw(bodies[document])
    name = data.draw(st.sampled_from(sorted(body)))
    body[name] = data.draw(junk)
    try:
        one = reader(document)(body, org="us-1")
    except ZohoUnreadable as fault:
        assert fault.org == "us-1"
        assert fault.field.split(".")[0] in (name, STANDS_FOR.get(name))
    else:
        assert json.loads(json.dumps(one.to_stored())) == one.to_stored()


@each_document
@given(body=junk)
def test_junk_is_a_named_fault_and_never_a_crash(document: type[Document], body: Any) -> None:
    with pytest.raises(ZohoUnreadable):
        reader(document)(body, org="us-1")


@given(data=st.data())
def test_no_figure_appears_that_zoho_did_not_give(data: st.DataObject) -> None:
    body = data.draw(bodies[Invoice])
    invoice = Invoice.from_zoho(body)
    names = {
        "sub_total": "sub_total",
        "tax_total": "tax_total",
        "payment_made": "payment_made",
        "shipping": "shipping_charge",
        "total": "total",
    }
    for ours, theirs in names.items():
        said = body.get(theirs)
        assert getattr(invoice, ours) == (None if said in ("", None) else Decimal(said))


@given(amount=st.decimals(-(10**15), 10**15, places=6), precision=st.integers(0, 6))
def test_amounts_are_rounded_to_the_currencys_places(amount: Decimal, precision: int) -> None:
    found = rounded(amount, precision)
    assert -found.as_tuple().exponent == precision
    assert abs(found - amount) <= Decimal(1).scaleb(-precision) / 2


def test_facts_9_16_amounts_of_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")
