"""What a client writes to the merchant goes out as letters, each once per form; a review is kept first."""

from __future__ import annotations

import datetime as dt

from cache.records.contact_letters import Sender, copy_letter, message_letter, review_letter
from cache.records.reviews import Review
from connectors.mail.errors import MailRefused
from connectors.mail.message import one_address
from gateway.access import ClientVisit
from gateway.letter_writing import put_out
from gateway.merchant.merchant_details import profile_of
from gateway.orders.client_activity import note_written
from gateway.signing_in.opened_accounts import client_name
from gateway.wiring import wired


def send_message(visit: ClientVisit, *, subject: str, words: str, form_key: str) -> None:
    """To the merchant, with the client's address to answer to, and a copy to the client. The same form sent
    again, also after a crash in between, sends what is missing and nothing twice.
    """
    sender, addresses = _sender(visit), merchant_addresses(visit)
    copy = copy_letter(
        sender, reply_to=addresses[0] if addresses else "", subject=subject, words=words, form_key=form_key
    )
    to_merchant = [
        message_letter(sender, to=to, subject=subject, words=words, form_key=form_key) for to in addresses
    ]
    were_new = [put_out(letter, once_key=once_key) for letter, once_key in (*to_merchant, copy)]
    if any(were_new):
        note_written(visit, "message_written")


def save_review(
    visit: ClientVisit, *, stars: int, words: str, form_key: str, instead_of: Review | None
) -> bool:
    """Keep it in the place of the one that was seen, then write to the merchant. False: it was changed in
    another tab meanwhile.
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
        words=words,
        form_key=form_key,
        written_at=instead_of.written_at if instead_of else now,
        changed_at=now,
    )
    if not wired().reviews.save(review, instead_of=instead_of):
        return False
    letters = [review_letter(sender, review, to=to) for to in merchant_addresses(visit)]
    were_new = [put_out(letter, once_key=once_key) for letter, once_key in letters]
    if any(were_new):
        note_written(visit, "review_written")
    return True


def merchant_addresses(visit: ClientVisit) -> list[str]:
    """Where the merchant reads letters: the organisation's own address, or else those of the people who
    manage it here.
    """
    organisation = profile_of(visit.connection).email
    managers = [merchant.email for merchant in wired().merchants.for_org(visit.scope.org)]
    return [one for one in (organisation,) if _is_address(one)] or [
        one for one in dict.fromkeys(managers) if _is_address(one)
    ]


def _is_address(text: str) -> bool:
    try:
        one_address(text)
    except MailRefused:
        return False
    return True


def _sender(visit: ClientVisit) -> Sender:
    return Sender(account=visit.account, customer=client_name(visit.account), merchant=visit.merchant_name)
