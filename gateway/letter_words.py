"""What letters and their states are called on pages."""

from __future__ import annotations

from cache.records.letter_kinds import LETTER_KINDS
from cache.records.letters import LetterState
from config.phrases import marked

STATE_WORDS = {
    LetterState.WAITING: ("Waiting", "waiting"),
    LetterState.SENDING: ("Being sent", "waiting"),
    LetterState.SENT: ("Sent", "good"),
    LetterState.FAILED: ("Failed", "bad"),
    LetterState.LEFT_OUT: ("Left out", "quiet"),
    LetterState.GATHERED: ("In the digest", "quiet"),
}
"""State → its word for the merchant, and the tone of its badge."""

OTHER_KINDS = {
    "invitation": "Invitation",
    "password_reset": "New password",
    "sign_in_link": "Link to sign in",
    "sign_in_notice": "About a sign-in",
    "message_copy": "Copy of a message",
    "connection_lost": "Connection lost",
    "message": "A client wrote",
    "colleague": "Invitation of a colleague",
    "digest": "Digest",
    "test": "Test",
}

CHOICES = {
    "receipt": (marked("Receipts"), marked("When something you asked for is done, or did not come about.")),
    "new_estimate": (
        marked("New estimates"),
        marked("When an estimate is offered to you, or one that is offered changes."),
    ),
    "invoice_due_soon": (marked("Invoices due soon"), marked("Three days before an invoice is due.")),
    "invoice_overdue": (
        marked("Overdue invoices"),
        marked("Once, when an invoice was not paid by its due date."),
    ),
    "answer": (marked("Answers"), marked("When what you wrote or declined is answered.")),
    "payment_booked": (marked("Payments"), marked("When a payment of yours is booked.")),
}
"""Kind a client may stop → its name and one sentence for them."""


def kind_word(kind: str) -> str:
    """For the merchant."""
    return OTHER_KINDS.get(kind) or (LETTER_KINDS[kind].title if kind in LETTER_KINDS else kind)
