"""An order: a client's request to Zoho, and its progress. Pure; stored by cache/records/orders/orders.py."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from config.stored_messages import read_stored_text, stored_text

ID_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the characters that people confuse when they read a receipt number aloud."""


class OrderKind(StrEnum):
    ACCEPT_ESTIMATE = "accept_estimate"
    DECLINE_ESTIMATE = "decline_estimate"
    COMMENT_ESTIMATE = "comment_estimate"
    COMMENT_INVOICE = "comment_invoice"
    EDIT_PERSON = "edit_person"
    EDIT_COMPANY = "edit_company"
    MARK_PRIMARY = "mark_primary"
    APPLY_CREDIT = "apply_credit"
    RECORD_PAYMENT = "record_payment"
    REPLACE_CARD = "replace_card"
    REPLACE_BANK_ACCOUNT = "replace_bank_account"
    PAY_INVOICE = "pay_invoice"


BY_MERCHANT = {"by": "merchant"}
"""The payload of a merchant's comment; its account_id is then the merchant's."""

ANSWERS_WHOM = "answers_whom"
"""Also in that payload: the account whose request it answers."""


class OrderState(StrEnum):
    """recorded → sending → confirmed, or another outcome. The texts for people are in the gateway.

    proposed: the merchant must confirm first. at_checkout: the client continues on Zoho's own page, and Zoho
    is polled for the result.
    """

    PROPOSED = "proposed"
    RECORDED = "recorded"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CHANGED = "changed"
    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    AT_CHECKOUT = "at_checkout"
    NEEDS_ATTENTION = "needs_attention"
    WITHDRAWN = "withdrawn"


FINAL = frozenset({OrderState.CONFIRMED, OrderState.REFUSED, OrderState.CHANGED, OrderState.WITHDRAWN})
"""States that never change again. NEEDS_ATTENTION is not one of them: a person decides."""

MAY_BE_WITHDRAWN = frozenset({OrderState.PROPOSED, OrderState.RECORDED, OrderState.WAITING})
"""States in which nothing is being delivered."""

_IN_DELIVERY = frozenset(OrderState) - {OrderState.PROPOSED, OrderState.RECORDED, OrderState.AT_CHECKOUT}

MAY_FOLLOW: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PROPOSED: frozenset({OrderState.RECORDED, OrderState.REFUSED, OrderState.WITHDRAWN}),
    OrderState.RECORDED: _IN_DELIVERY - {OrderState.UNCERTAIN},
    OrderState.WAITING: _IN_DELIVERY - {OrderState.UNCERTAIN},
    OrderState.SENDING: _IN_DELIVERY - {OrderState.WITHDRAWN},
    OrderState.UNCERTAIN: _IN_DELIVERY - {OrderState.WITHDRAWN, OrderState.WAITING},
    OrderState.AT_CHECKOUT: FINAL | {OrderState.AT_CHECKOUT, OrderState.NEEDS_ATTENTION},
    OrderState.NEEDS_ATTENTION: frozenset(
        {OrderState.RECORDED, OrderState.UNCERTAIN, OrderState.CONFIRMED, OrderState.WITHDRAWN}
    ),
}
"""The allowed state changes. UNCERTAIN never leads back to WAITING: what may have been sent is decided by
reading.
"""


def new_order_id() -> str:
    """A receipt number such as R-7K3M-9QXD-4T2H: 12 letters of 31, about 59 bits."""
    characters = "".join(secrets.choice(ID_ALPHABET) for _ in range(12))
    return f"R-{characters[:4]}-{characters[4:8]}-{characters[8:]}"


@dataclass(frozen=True, kw_only=True)
class OrderStep:
    """One step that happened. message: for people, a StoredMessage where it is ours. zoho_message: Zoho's
    own, "" if there was none.
    """

    at: dt.datetime
    state: OrderState
    message: str
    zoho_message: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """seen_version, seen_digest, seen_total, payload: the offer the client answered, or what they edited.
    result: what Zoho showed when it was read back.

    reason: the client's own text: why they declined, or their comment. attempts: how often something may have
    been sent to Zoho. next_at: the next check, None when final. not_after: nothing is sent after this time.
    notes: what people did with an order at checkout; workers only read it.
    """

    id: str
    org: str
    kind: OrderKind
    customer_id: str
    account_id: str
    person_name: str
    document_id: str
    document_number: str
    seen_version: str
    seen_digest: str
    seen_total: Decimal
    currency: str
    reason: str = ""
    state: OrderState
    steps: tuple[OrderStep, ...]
    attempts: int = 0
    recorded_at: dt.datetime
    next_at: dt.datetime | None
    not_after: dt.datetime
    result: dict[str, str] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def is_from_merchant(self) -> bool:
        """A comment the merchant wrote here for the client, not a client's request."""
        return self.payload.get("by") == BY_MERCHANT["by"]

    @property
    def activity_fields(self) -> dict[str, str]:
        """Its name in the activity."""
        return {
            "customer": self.customer_id,
            "order": self.id,
            "kind": str(self.kind),
            "document": self.document_id,
            "number": self.document_number,
        }


UNCHANGING = (
    "id",
    "org",
    "kind",
    "customer_id",
    "account_id",
    "person_name",
    "document_id",
    "document_number",
    "seen_version",
    "seen_digest",
    "seen_total",
    "currency",
    "reason",
)
"""Fields that are text in the record and never change."""


def to_record(order: Order) -> dict[str, str]:
    """The order as a flat hash of text: constant fields first, then steps and changing fields."""
    return {
        **{name: str(getattr(order, name)) for name in UNCHANGING},
        "state": order.state.value,
        "steps": json.dumps([step_record(step) for step in order.steps]),
        "attempts": str(order.attempts),
        "recorded_at": order.recorded_at.isoformat(),
        "next_at": "" if order.next_at is None else str(order.next_at.timestamp()),
        "not_after": order.not_after.isoformat(),
        "result": json.dumps(order.result),
        "payload": json.dumps(order.payload),
        "notes": json.dumps(order.notes),
    }


def step_record(step: OrderStep) -> dict[str, str]:
    """at: in seconds, by the store's clock."""
    return {
        "at": f"{step.at.timestamp():.6f}",
        "state": step.state.value,
        "message": stored_text(step.message),
        "zoho_message": step.zoho_message,
    }


def from_record(record: dict[str, str]) -> Order:
    """The order from its `to_record` form."""
    return Order(
        **{name: record[name] for name in UNCHANGING if name not in ("kind", "seen_total")},
        kind=OrderKind(record["kind"]),
        seen_total=Decimal(record["seen_total"]),
        state=OrderState(record["state"]),
        steps=tuple(
            OrderStep(
                at=dt.datetime.fromtimestamp(float(one["at"]), dt.UTC),
                state=OrderState(one["state"]),
                message=read_stored_text(one["message"]),
                zoho_message=one["zoho_message"],
            )
            for one in json.loads(record["steps"])
        ),
        attempts=int(record["attempts"]),
        recorded_at=dt.datetime.fromisoformat(record["recorded_at"]),
        next_at=dt.datetime.fromtimestamp(float(record["next_at"]), dt.UTC) if record["next_at"] else None,
        not_after=dt.datetime.fromisoformat(record["not_after"]),
        result=json.loads(record["result"]),
        payload=json.loads(record["payload"]),
        notes=json.loads(record.get("notes") or "{}"),
    )
