"""Letters of what a client writes to the merchant: a message with its copy to the client, and a review.
Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id
from cache.records.reviews import Review


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes: the account, the name of its customer, and the merchant's name."""

    account: ClientAccount
    customer: str
    merchant: str


def message_letter(sender: Sender, *, to: str, subject: str, words: str, form_key: str) -> tuple[Letter, str]:
    """The client's message to one address of the merchant, and the key under which it is written once."""
    account = sender.account
    letter = Letter(
        id=new_letter_id(),
        org=account.org,
        to=to,
        kind="message",
        reply_to=account.email,
        values={
            "person": account.name,
            "customer": sender.customer,
            "email": account.email,
            "subject": subject,
            "words": words,
        },
    )
    return letter, f"message:{account.id}:{form_key}:{to}"


def copy_letter(
    sender: Sender, *, reply_to: str, subject: str, words: str, form_key: str
) -> tuple[Letter, str]:
    """What the client wrote, for the client."""
    account = sender.account
    letter = Letter(
        id=new_letter_id(),
        org=account.org,
        to=account.email,
        kind="message_copy",
        account_id=account.id,
        reply_to=reply_to,
        values={"subject": subject, "words": words},
    )
    return letter, f"message_copy:{account.id}:{form_key}"


def review_letter(sender: Sender, review: Review, *, to: str) -> tuple[Letter, str]:
    """What a client thinks of the merchant, for the merchant."""
    account = sender.account
    letter = Letter(
        id=new_letter_id(),
        org=account.org,
        to=to,
        kind="review",
        reply_to=account.email,
        path=f"/merchant/{review.org}/reviews",
        values={
            "person": account.name,
            "customer": sender.customer,
            "email": account.email,
            "stars": str(review.stars),
            "words": review.words,
            "was_changed": "yes" if review.was_changed else "",
        },
    )
    return letter, f"review:{account.id}:{review.form_key}:{to}"
