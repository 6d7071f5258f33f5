"""Emails of what a client writes to the merchant: a message with a copy for the client, and a
review. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from cache.records.accounts.accounts import ClientAccount
from cache.records.email.emails import Email, new_email_id
from cache.records.portal.reviews import Review


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes: the account, the name of its customer, and the merchant's name."""

    account: ClientAccount
    customer: str
    merchant: str


def message_email(sender: Sender, *, to: str, subject: str, text: str, form_key: str) -> tuple[Email, str]:
    """The client's message to one of the merchant's addresses, and its once-key."""
    account = sender.account
    email = Email(
        id=new_email_id(),
        org=account.org,
        to=to,
        kind="message",
        reply_to=account.email,
        values={
            "person": account.name,
            "customer": sender.customer,
            "email": account.email,
            "subject": subject,
            "words": text,
        },
    )
    return email, f"message:{account.id}:{form_key}:{to}"


def message_copy_email(
    sender: Sender, *, reply_to: str, subject: str, text: str, form_key: str
) -> tuple[Email, str]:
    """A copy of the message for the client."""
    account = sender.account
    email = Email(
        id=new_email_id(),
        org=account.org,
        to=account.email,
        kind="message_copy",
        account_id=account.id,
        reply_to=reply_to,
        values={"subject": subject, "words": text},
    )
    return email, f"message_copy:{account.id}:{form_key}"


def review_email(sender: Sender, review: Review, *, to: str) -> tuple[Email, str]:
    """A client's review, for the merchant."""
    account = sender.account
    email = Email(
        id=new_email_id(),
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
            "words": review.text,
            "was_changed": "yes" if review.was_changed else "",
        },
    )
    return email, f"review:{account.id}:{review.form_key}:{to}"
