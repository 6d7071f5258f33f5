"""How a request puts a letter into the outbox: a kind and its values. Workers write it out, in its reader's
language.
"""

from __future__ import annotations

from cache.records.email.emails import Email
from gateway.web.services import services


def enqueue_email(email: Email, *, once_key: str, secret_path: str = "") -> bool:
    """Into the outbox, and ring; whether this event had made none before.

    secret_path: where its link leads, if the path itself lets somebody in; it is kept sealed.
    """
    if services().emails.add(email, once_key=once_key, secret_path=secret_path) is None:
        return False
    services().job_queue.enqueue_mail(email.id)
    return True
