"""Letters about what clients asked for: to the client when it came to rest, to the merchant when it needs them. Pure."""

from __future__ import annotations

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id
from cache.records.merchants import Merchant
from cache.records.order import Order, OrderState
from cache.records.order_wishes import wish

RECEIPT = """Hello {person},

{wish}: {words}

Receipt {receipt}, with every step and its time:
{link}

{organisation}
"""
NEEDS_YOU = """Hello {merchant},

{wish}, asked for by {person}, needs you: {words}

{link}
"""
OUTCOMES = {
    OrderState.CONFIRMED: "confirmed by Zoho",
    OrderState.REFUSED: "refused",
    OrderState.CHANGED: "not carried out",
    OrderState.NEEDS_ATTENTION: "being looked at",
}
"""States that a client is written to about; what they withdrew themselves is no news to them."""


def receipt_letter(order: Order, account: ClientAccount, *, portal: str, organisation: str) -> tuple[Letter, str]:
    """The letter to who asked, and the key under which it is written once. order: in a state of OUTCOMES. portal: its address
    without a trailing slash.
    """
    link = f"{portal}/requests/{order.id}"
    text = RECEIPT.format(
        person=account.name, wish=wish(order), words=order.steps[-1].words, receipt=order.id, link=link, organisation=organisation
    )
    letter = Letter(
        id=new_letter_id(), org=order.org, to=account.email, kind="receipt", account_id=account.id,
        subject=_one_line(f"{wish(order)}: {OUTCOMES[order.state]}"), text=text,
    )  # fmt: skip
    return letter, f"receipt:{order.id}:{order.state}:{len(order.steps)}"


def needs_you_letter(order: Order, merchant: Merchant, *, portal: str) -> tuple[Letter, str]:
    """The letter to a merchant, and the key under which it is written once."""
    link = f"{portal}/merchant/{order.org}/requests/{order.id}"
    text = NEEDS_YOU.format(merchant=merchant.name, wish=wish(order), person=order.person_name, words=order.steps[-1].words, link=link)
    letter = Letter(
        id=new_letter_id(), org=order.org, to=merchant.email, kind="needs_you",
        subject=_one_line(f"A request needs you: {wish(order)}"), text=text,
    )  # fmt: skip
    return letter, f"needs_you:{order.id}:{merchant.id}:{len(order.steps)}"


def _one_line(text: str) -> str:
    """Numbers and names come from Zoho: a subject has one line whatever they hold."""
    return " ".join(text.split())
