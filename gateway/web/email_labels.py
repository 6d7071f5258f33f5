"""Labels for email kinds and statuses."""

from __future__ import annotations

from cache.records.email.email_kinds import EMAIL_KINDS
from cache.records.email.emails import EmailState
from config.stored_messages import N_

STATE_LABELS = {
    EmailState.WAITING: ("Waiting", "waiting"),
    EmailState.SENDING: ("Being sent", "waiting"),
    EmailState.SENT: ("Sent", "good"),
    EmailState.FAILED: ("Failed", "bad"),
    EmailState.SUPPRESSED: ("Left out", "quiet"),
    EmailState.GATHERED: ("In the digest", "quiet"),
}
"""State → its word for the merchant, and the tone of its badge."""

OTHER_KIND_LABELS = {
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

OPTIONAL_EMAILS = {
    "receipt": (N_("Receipts"), N_("When something you asked for is done, or did not come about.")),
    "new_estimate": (
        N_("New estimates"),
        N_("When an estimate is offered to you, or one that is offered changes."),
    ),
    "invoice_due_soon": (N_("Invoices due soon"), N_("Three days before an invoice is due.")),
    "invoice_overdue": (
        N_("Overdue invoices"),
        N_("Once, when an invoice was not paid by its due date."),
    ),
    "answer": (N_("Answers"), N_("When what you wrote or declined is answered.")),
    "payment_booked": (N_("Payments"), N_("When a payment of yours is booked.")),
}
"""Kind a client may stop → its name and one sentence for them."""


def email_kind_label(kind: str) -> str:
    """The label that merchants see."""
    return OTHER_KIND_LABELS.get(kind) or (EMAIL_KINDS[kind].title if kind in EMAIL_KINDS else kind)
