"""The table of email kinds: recipient, whether the merchant may switch it off, and whether a recipient may
stop it. Pure.

The template of each is in workers/email/templates, under its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cache.records.portal.portal_settings import PortalSettings


class EmailReader(StrEnum):
    CLIENT = "client"
    MERCHANT = "merchant"


class Mode(StrEnum):
    """The merchant's choice for a kind. DIGEST: gathered into one email a day, for merchants only."""

    NOW = "now"
    DIGEST = "digest"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class EmailKind:
    """title and description: for the merchant's settings. default_mode: until the merchant chooses.

    is_switchable: the merchant may switch it off. is_digestible: it may wait for the digest. is_stoppable: a
    client may stop it with one click in the email. goes_before_active: also to persons who have not signed in
    yet. is_repeated: sent again, under the same Message-ID, after a crash while sending; the others are not,
    since a reminder that comes twice is worse than one that is lost. required_switch: the portal's switch
    (cache/records/portal/portal_settings.py) without which its subject is not visible, "" for none.
    """

    name: str
    reader: EmailReader
    title: str = ""
    description: str = ""
    default_mode: Mode = Mode.NOW
    is_switchable: bool = False
    is_digestible: bool = False
    is_stoppable: bool = False
    goes_before_active: bool = False
    is_repeated: bool = False
    required_switch: str = ""

    def is_visible(self, settings: PortalSettings) -> bool:
        """Whether a client who follows the email's link finds its subject."""
        return not self.required_switch or bool(getattr(settings, self.required_switch))


def _necessary(name: str, *, before_active: bool = False) -> EmailKind:
    """Emails that clients always get: they requested them, or must know."""
    return EmailKind(name=name, reader=EmailReader.CLIENT, goes_before_active=before_active, is_repeated=True)


def _notification(name: str, title: str, description: str, *, required_switch: str = "") -> EmailKind:
    return EmailKind(
        name=name,
        reader=EmailReader.CLIENT,
        title=title,
        description=description,
        is_switchable=True,
        is_stoppable=True,
        required_switch=required_switch,
    )


def _merchant_notification(
    name: str, title: str, description: str, *, default_mode: Mode = Mode.NOW
) -> EmailKind:
    return EmailKind(
        name=name,
        reader=EmailReader.MERCHANT,
        title=title,
        description=description,
        default_mode=default_mode,
        is_switchable=True,
        is_digestible=True,
        is_repeated=True,
    )


EMAIL_KINDS: Mapping[str, EmailKind] = {
    kind.name: kind
    for kind in (
        _necessary("invitation", before_active=True),
        _necessary("password_reset"),
        _necessary("sign_in_link"),
        _necessary("sign_in_notice"),
        _necessary("message_copy"),
        _notification(
            "receipt",
            "Receipts",
            "To whoever asked for something, once Zoho has confirmed it or it did not come about.",
        ),
        _notification(
            "new_estimate",
            "New estimates",
            "When you offer an estimate, or change one that is offered.",
            required_switch="shows_estimates",
        ),
        _notification(
            "invoice_due_soon",
            "Invoices due soon",
            "Three days before an invoice is due, in the morning.",
            required_switch="shows_invoices",
        ),
        _notification(
            "invoice_overdue",
            "Overdue invoices",
            "Once, on the first morning after the due date.",
            required_switch="shows_invoices",
        ),
        _notification(
            "payment_booked",
            "Payments booked",
            "When a payment is recorded in Zoho Books.",
            required_switch="shows_payments",
        ),
        _notification(
            "answer", "Answers to comments", "When you write back here, once your words stand in Zoho."
        ),
        _merchant_notification("estimate_accepted", "An estimate was accepted", "Confirmed by Zoho."),
        _merchant_notification(
            "estimate_declined", "An estimate was declined", "With the reason, if one was given."
        ),
        _merchant_notification(
            "payment_received",
            "A client’s payment was booked",
            "Also those you record in Zoho Books yourself.",
            default_mode=Mode.DIGEST,
        ),
        _merchant_notification(
            "payment_reported",
            "A client reports a payment",
            "Nothing is booked before you have confirmed it.",
        ),
        _merchant_notification(
            "needs_attention",
            "A request needs you",
            "Zoho did not say what became of it, or it waits for your yes.",
        ),
        _merchant_notification("review", "A client left a review", "Stars and words, which stay with you."),
        EmailKind(name="connection_lost", reader=EmailReader.MERCHANT, is_repeated=True),
        EmailKind(name="message", reader=EmailReader.MERCHANT, is_repeated=True),
        EmailKind(name="colleague", reader=EmailReader.MERCHANT, is_repeated=True),
        EmailKind(name="digest", reader=EmailReader.MERCHANT),
        EmailKind(name="test", reader=EmailReader.MERCHANT),
    )
}
"""In the order of the settings page."""

STOPPABLE = tuple(kind.name for kind in EMAIL_KINDS.values() if kind.is_stoppable)
"""What a client may opt out of."""
