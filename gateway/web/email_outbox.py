"""How a request enqueues an email: a kind and its values. A worker renders it in the recipient's language."""

from __future__ import annotations

from cache.records.email.emails import Email
from gateway.web.services import services


def enqueue_email(email: Email, *, once_key: str, secret_path: str = "") -> bool:
    """Add the email to the outbox and enqueue its sending. False if this event (once_key) already has an
    email.

    secret_path: the path its link leads to, if the path itself grants access; stored sealed.
    """
    if services().emails.add(email, once_key=once_key, secret_path=secret_path) is None:
        return False
    services().job_queue.enqueue_mail(email.id)
    return True
