"""Emails about clients' requests: to the client when a request is settled, to the merchant when it is done or
needs them. Pure.
"""

from __future__ import annotations

from cache.records.accounts.accounts import ClientAccount
from cache.records.accounts.merchants import Merchant
from cache.records.email.emails import Email, new_email_id
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.order_titles import order_title
from config.stored_messages import stored_text

OUTCOMES = frozenset(
    {OrderState.CONFIRMED, OrderState.REFUSED, OrderState.CHANGED, OrderState.NEEDS_ATTENTION}
)
"""States that clients get an email about; they know of their own withdrawals."""


def receipt_email(order: Order, account: ClientAccount) -> tuple[Email, str]:
    """The email to the client and its once-key. order: in a state of OUTCOMES."""
    values = {
        "wish": stored_text(order_title(order)),
        "outcome": stored_text(order.steps[-1].message),
        "state": order.state.value,
        "receipt": order.id,
    }
    email = Email(
        id=new_email_id(),
        org=order.org,
        to=account.email,
        kind="receipt",
        account_id=account.id,
        values=values,
        path=f"/requests/{order.id}",
    )
    return email, f"receipt:{order.id}:{order.state}:{len(order.steps)}"


def answer_email(order: Order, account: ClientAccount) -> tuple[Email, str]:
    """To the client whose request or comment the merchant answered, once the answer is in Zoho; with its
    once-key.
    """
    document = ORDER_KINDS[order.kind].document_type.value
    email = Email(
        id=new_email_id(),
        org=order.org,
        to=account.email,
        kind="answer",
        account_id=account.id,
        values={"document": document, "number": order.document_number, "words": order.reason},
        path=f"/{document}s/{order.document_id}",
    )
    return email, f"answer:{order.id}"


def confirmation_email(order: Order, merchant: Merchant) -> tuple[Email, str] | None:
    """To a merchant, when an order of a kind they hear of is confirmed; with its once-key."""
    kind = ORDER_KINDS[order.kind].merchant_email if order.state is OrderState.CONFIRMED else ""
    if not kind:
        return None
    values = {
        "person": order.person_name,
        "number": order.document_number,
        "reason": order.reason,
        "amount": str(order.seen_total) if order.currency else "",
        "currency": order.currency,
    }
    return _to_merchant(order, merchant, kind, values), f"{kind}:{order.id}:{merchant.id}"


def attention_email(order: Order, merchant: Merchant) -> tuple[Email, str]:
    """To a merchant who must confirm or check something; with its once-key."""
    is_report = order.state is OrderState.PROPOSED and order.kind is OrderKind.RECORD_PAYMENT
    values = {
        "person": order.person_name,
        "number": order.document_number,
        "wish": stored_text(order_title(order)),
        "outcome": stored_text(order.steps[-1].message),
    }
    email = _to_merchant(order, merchant, "payment_reported" if is_report else "needs_attention", values)
    return email, f"needs_you:{order.id}:{merchant.id}:{len(order.steps)}"


def _to_merchant(order: Order, merchant: Merchant, kind: str, values: dict[str, str]) -> Email:
    return Email(
        id=new_email_id(),
        org=order.org,
        to=merchant.email,
        kind=kind,
        merchant_id=merchant.id,
        values=values,
        path=f"/merchant/{order.org}/requests/{order.id}",
    )
