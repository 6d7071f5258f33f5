"""How a request puts a letter into the outbox: a kind and its values. Workers write it out, in its reader's
language.
"""

from __future__ import annotations

from cache.records.letters import Letter
from gateway.wiring import wired


def put_out(letter: Letter, *, once_key: str, secret_path: str = "") -> bool:
    """Into the outbox, and ring; whether this event had made none before.

    secret_path: where its link leads, if the path itself lets somebody in; it is kept sealed.
    """
    if wired().letters.add(letter, once_key=once_key, secret_path=secret_path) is None:
        return False
    wired().doorbell.ring_mail(letter.id)
    return True
