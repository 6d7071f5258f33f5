"""Webhooks: the signature as Zoho makes it, and which records a delivery is about, whatever its form (zoho.md
6.2, 6.3).
"""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.zoho.webhooks.deliveries import (
    KIND_OF_MODULE,
    WebhookRequest,
    changed_records,
    is_signed_with,
)

SECRET = "abcdefghijkl0123456789"
ESTIMATE = {"estimate": {"estimate_id": "4600000000000000123", "customer_id": "46", "status": "sent"}}


def posted(
    body: object = None, *, query: dict[str, str] | None = None, form: dict[str, str] | None = None
) -> WebhookRequest:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return WebhookRequest(tuple((query or {}).items()), tuple((form or {}).items()), raw)


def signed(text: bytes) -> str:
    return hmac.new(SECRET.encode(), text, hashlib.sha256).hexdigest()


def test_facts_6_3_the_signature_covers_sorted_parameters_and_then_the_body() -> None:
    one = posted(b'{"a": 1}', query={"b": "2", "a": "1"})
    assert is_signed_with(SECRET, one, signed(b'a1b2{"a": 1}'))
    assert not is_signed_with(SECRET, one, signed(b'b2a1{"a": 1}'))
    assert not is_signed_with(
        SECRET, posted(b'{"a": 2}', query={"b": "2", "a": "1"}), signed(b'a1b2{"a": 1}')
    )


def test_facts_6_3_a_form_is_signed_by_its_decoded_fields() -> None:
    form = {"JSONString": '{"estimate": "Café & Co"}'}
    one = posted(b"JSONString=%7B%22estimate%22...", form=form)
    assert is_signed_with(SECRET, one, signed(('JSONString{"estimate": "Café & Co"}').encode()))


def test_facts_6_3_hex_in_either_case_counts() -> None:
    assert is_signed_with(SECRET, posted(b"x"), f" {signed(b'x').upper()} ")


@pytest.mark.parametrize("signature", ["", "t=1,v=ab", "zz", "é", signed(b"another")])
def test_what_is_no_signature_of_ours_is_refused(signature: str) -> None:
    assert not is_signed_with(SECRET, posted(b"x"), signature)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (ESTIMATE, [("estimates", "4600000000000000123")]),
        (
            {"invoice": {"invoice_id": 4600000000000000124, "estimate_id": "1"}},
            [("invoices", "4600000000000000124")],
        ),
        ({"payment": {"payment_id": "7", "invoices": [{"invoice_id": "8"}]}}, [("payments", "7")]),
        ({"customer_payment": {"payment_id": "7"}}, [("payments", "7")]),
        ({"contact": {"contact_id": "9"}}, [("contacts", "9")]),
        ({"creditnote": {"creditnote_id": "5"}}, [("credit_notes", "5")]),
        # Bare records: an invoice also names its estimate and its customer.
        ({"invoice_id": "3", "estimate_id": "1", "customer_id": "2"}, [("invoices", "3")]),
        ({"estimate_id": "1", "customer_id": "2"}, [("estimates", "1")]),
        # Billing posts its events (zoho.md 6.5).
        (
            {
                "event_id": "1",
                "event_type": "subscription_renewed",
                "data": {"subscription": {"subscription_id": "12"}},
            },
            [("subscriptions", "12")],
        ),
        ({"estimate": {"estimate_id": "../../contacts/1"}}, []),
        ({"estimate": {"estimate_id": True}}, []),
        ({"estimate": "4600"}, []),
        ({"placeholder": "first test"}, []),
        ([1, 2], []),
        ("text", []),
        (b"\xff\xfe not json", []),
        (b"[" * 100_000, []),
    ],
)
def test_only_module_and_id_are_taken(body: object, wanted: list[tuple[str, str]]) -> None:
    assert changed_records(posted(body)) == wanted


def test_facts_6_2_the_payload_may_stand_in_a_form_field() -> None:
    assert changed_records(posted(b"", form={"JSONString": json.dumps(ESTIMATE)})) == [
        ("estimates", "4600000000000000123")
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KIND_OF_MODULE, "data", "estimate_id", "payment_id"]), inner)
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_payload_can_do_more_than_name_a_record(body: object) -> None:
    for kind, record_id in changed_records(posted(body)):
        assert kind in set(KIND_OF_MODULE.values()) and record_id.isdigit()
