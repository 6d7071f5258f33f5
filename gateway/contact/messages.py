"""Emails from a client to the merchant, each sent once per form. A review is saved before it is sent."""

from __future__ import annotations

import datetime as dt

from cache.records.email.contact_emails import Sender, message_copy_email, message_email, review_email
from cache.records.portal.reviews import Review
from connectors.mail.errors import MailRefused
from connectors.mail.message import parse_address
from gateway.account.sign_in.opened_accounts import client_name
from gateway.reading.organisation_details import organisation_profile
from gateway.requests.client_activity import note_written
from gateway.web.access import ClientVisit
from gateway.web.email_outbox import enqueue_email
from gateway.web.services import services


def send_message(visit: ClientVisit, *, subject: str, text: str, form_key: str) -> None:
    """Email the merchant, with the client as reply-to, and a copy to the client. Submitting the form again,
    even after a crash, sends only what is missing.
    """
    sender, addresses = _sender(visit), merchant_addresses(visit)
    copy = message_copy_email(
        sender, reply_to=addresses[0] if addresses else "", subject=subject, text=text, form_key=form_key
    )
    to_merchant = [
        message_email(sender, to=to, subject=subject, text=text, form_key=form_key) for to in addresses
    ]
    were_new = [enqueue_email(email, once_key=once_key) for email, once_key in (*to_merchant, copy)]
    if any(were_new):
        note_written(visit, "message_written")


def save_review(
    visit: ClientVisit, *, stars: int, text: str, form_key: str, instead_of: Review | None
) -> bool:
    """Save the review in place of the one that was shown, then email the merchant. False: another tab has
    changed it in the meantime.
    """
    now = dt.datetime.now(dt.UTC)
    sender = _sender(visit)
    review = Review(
        org=visit.scope.org,
        account_id=visit.account.id,
        customer_id=visit.scope.customer_id,
        person_name=visit.account.name,
        customer_name=sender.customer,
        stars=stars,
        text=text,
        form_key=form_key,
        written_at=instead_of.written_at if instead_of else now,
        changed_at=now,
    )
    if not services().reviews.save(review, instead_of=instead_of):
        return False
    emails = [review_email(sender, review, to=to) for to in merchant_addresses(visit)]
    were_new = [enqueue_email(email, once_key=once_key) for email, once_key in emails]
    if any(were_new):
        note_written(visit, "review_written")
    return True


def merchant_addresses(visit: ClientVisit) -> list[str]:
    """The organisation's own email address, or else those of its merchants here."""
    organisation = organisation_profile(visit.connection).email
    managers = [merchant.email for merchant in services().merchants.for_org(visit.scope.org)]
    return [item for item in (organisation,) if _is_address(item)] or [
        fromkey for fromkey in dict.fromkeys(managers) if _is_address(fromkey)
    ]


def _is_address(text: str) -> bool:
    try:
        parse_address(text)
    except MailRefused:
        return False
    return True


def _sender(visit: ClientVisit) -> Sender:
    return Sender(account=visit.account, customer=client_name(visit.account), merchant=visit.merchant_name)
