"""What orders carry is read as it was stored by the release before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.orders.credit_use import CreditUse
from cache.records.orders.details_edit import DetailsEdit, Edited
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.merchant_reply import MerchantReply
from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.open_payment import OpenPayment
from cache.records.orders.order import Order, OrderKind
from cache.records.orders.order_record import from_record, to_record
from cache.records.orders.payload import NO_PAYLOAD, Payload
from cache.records.orders.primary_change import PrimaryChange
from cache.records.orders.reported_payment import ReportedPayment
from cache.records.orders.seen_document import SeenDocument

OFFER = {"number": "QT-000001", "empty": []}
EDIT = {"edits": [["phone", "1", "2"]]}
CARD = {"card": ["abcd", "•••• 4242"]}
STORED: dict[OrderKind, tuple[dict[str, Any], Payload]] = {
    OrderKind.ACCEPT_ESTIMATE: (OFFER, SeenDocument(OFFER)),
    OrderKind.DECLINE_ESTIMATE: (OFFER, SeenDocument(OFFER)),
    OrderKind.COMMENT_ESTIMATE: ({"by": "merchant", "answers_whom": "a1"}, MerchantReply("a1")),
    OrderKind.COMMENT_INVOICE: ({"by": "merchant", "answers_whom": "a1"}, MerchantReply("a1")),
    OrderKind.EDIT_PERSON: (EDIT, DetailsEdit((Edited("phone", "1", "2"),))),
    OrderKind.EDIT_COMPANY: (EDIT, DetailsEdit((Edited("phone", "1", "2"),))),
    OrderKind.MARK_PRIMARY: ({"primary_before": "9"}, PrimaryChange("9")),
    OrderKind.APPLY_CREDIT: (
        {"credit": ["payment", "7", "PMT-7", "1.50"]},
        CreditUse("payment", "7", "PMT-7", Decimal("1.50")),
    ),
    OrderKind.RECORD_PAYMENT: (
        {"payment": ["2026-11-20", "cash", "SEPA 77"], "proof": "image/png"},
        ReportedPayment(dt.date(2026, 11, 20), "cash", "SEPA 77", "image/png"),
    ),
    OrderKind.REPLACE_CARD: (CARD, MethodReplacement("abcd", "•••• 4242")),
    OrderKind.REPLACE_BANK_ACCOUNT: (CARD, MethodReplacement("abcd", "•••• 4242")),
    OrderKind.PAY_INVOICE: (
        {"paying": ["abcd", "", ["11"], "P-2222-2222"]},
        OpenPayment("abcd", None, ("11",), "P-2222-2222"),
    ),
}


@pytest.mark.parametrize("kind", OrderKind)
def test_what_is_stored_today_is_read_and_stored_again(
    kind: OrderKind, an_order: Callable[..., Order]
) -> None:
    stored, payload = STORED[kind]
    order = dataclasses.replace(an_order(), kind=kind, payload=payload)
    assert isinstance(payload, ORDER_KINDS[kind].payload)
    assert json.loads(to_record(order)["payload"]) == stored
    assert from_record(to_record(order)) == order


@pytest.mark.parametrize("kind", OrderKind)
def test_nothing_is_read_as_nothing(kind: OrderKind, an_order: Callable[..., Order]) -> None:
    record = to_record(dataclasses.replace(an_order(), kind=kind, payload=NO_PAYLOAD))
    assert record["payload"] == "{}"
    assert from_record(record).payload == NO_PAYLOAD


def test_a_payload_of_another_kind_is_an_error(an_order: Callable[..., Order]) -> None:
    with pytest.raises(TypeError, match="CreditUse"):
        an_order().payload_as(CreditUse)
