"""An order: a client's request to Zoho, and its progress. Pure; stored by cache/records/orders/orders.py."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from cache.records.orders.merchant_reply import MerchantReply
from cache.records.orders.payload import NO_PAYLOAD, Payload
from cache.stored import formerly
from cache.stored_converter import MessageText, Seconds

P = TypeVar("P", bound=Payload)

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

    @classmethod
    def _missing_(cls, value: object) -> OrderState | None:
        """The release before stored AT_CHECKOUT by another name. For one release only."""
        return cls.AT_CHECKOUT if value == "handed_over" else None


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

    at: Seconds
    state: OrderState
    message: MessageText = field(metadata=formerly("words"))
    zoho_message: str = field(default="", metadata=formerly("zoho_said"))


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
    next_at: Seconds | None
    not_after: dt.datetime
    result: dict[str, str] = field(default_factory=dict)
    payload: Payload = NO_PAYLOAD
    notes: dict[str, str] = field(default_factory=dict, metadata=formerly("noted"))

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def is_from_merchant(self) -> bool:
        """A comment the merchant wrote here for the client, not a client's request."""
        return isinstance(self.payload, MerchantReply)

    def payload_as(self, kind: type[P]) -> P:
        """What it carries, as the class of its kind. Raises TypeError where it carries something else."""
        if not isinstance(self.payload, kind):
            raise TypeError(f"{self.id} carries no {kind.__name__}")
        return self.payload

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
