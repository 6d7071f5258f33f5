"""Letters of what a client writes to the merchant: a message with its copy to the client, and a review. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id
from cache.records.reviews import Review

MESSAGE = """{person} of {customer} wrote to you in your client portal.
Answer this letter to write back to {email}.

{subject}

{words}
"""
COPY = """Hello {person},

this is a copy of what you wrote to {merchant} in their client portal. Their answer comes to this address.

{subject}

{words}
"""
REVIEW = """{person} of {customer} {did} in your client portal: {stars} of 5 stars.

{words}

Reviews stay with you and are not published. All of them, with their average:
{link}

Answer this letter to write back to {email}.
"""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes: the account, the name of its customer, and the merchant's name."""

    account: ClientAccount
    customer: str
    merchant: str


def message_letter(sender: Sender, *, to: str, subject: str, words: str, form_key: str) -> tuple[Letter, str]:
    """The client's message to one address of the merchant, and the key under which it is written once."""
    account = sender.account
    text = MESSAGE.format(person=account.name, customer=sender.customer, email=account.email, subject=subject, words=words)
    letter = Letter(
        id=new_letter_id(), org=account.org, to=to, kind="message", reply_to=account.email,
        subject=_one_line(f"{account.name}, {sender.customer}: {subject}"), text=text,
    )  # fmt: skip
    return letter, f"message:{account.id}:{form_key}:{to}"


def copy_letter(sender: Sender, *, reply_to: str, subject: str, words: str, form_key: str) -> tuple[Letter, str]:
    """What the client wrote, for the client."""
    account = sender.account
    text = COPY.format(person=account.name, merchant=sender.merchant, subject=subject, words=words)
    letter = Letter(
        id=new_letter_id(), org=account.org, to=account.email, kind="message_copy", account_id=account.id, reply_to=reply_to,
        subject=_one_line(f"Copy of your message to {sender.merchant}: {subject}"), text=text,
    )  # fmt: skip
    return letter, f"message_copy:{account.id}:{form_key}"


def review_letter(sender: Sender, review: Review, *, to: str, portal: str) -> tuple[Letter, str]:
    """portal: its address without a trailing slash."""
    account = sender.account
    text = REVIEW.format(
        person=account.name, customer=sender.customer, did="changed their review" if review.was_changed else "left a review",
        stars=review.stars, words=review.words or "(No words.)", link=f"{portal}/merchant/{review.org}/reviews", email=account.email,
    )  # fmt: skip
    letter = Letter(
        id=new_letter_id(), org=account.org, to=to, kind="review", reply_to=account.email,
        subject=_one_line(f"{review.stars} of 5 stars from {account.name}, {sender.customer}"), text=text,
    )  # fmt: skip
    return letter, f"review:{account.id}:{review.form_key}:{to}"


def _one_line(text: str) -> str:
    """Whatever was typed or said: a subject has one line."""
    return " ".join(text.split())
