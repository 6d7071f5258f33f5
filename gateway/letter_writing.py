"""How a request puts a letter into the outbox: a kind and its values. Workers write it out, in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id
from gateway.wiring import wired


def write_to_client(
    account: ClientAccount, kind: str, values: Mapping[str, str] | None = None, *, once_key: str, path: str = "", secret_path: str = ""
) -> bool:
    """Whether it was written; False when this event already made one.

    kind: a name in cache/records/letter_kinds.py, with a template of that name in workers/letters/templates. path: where its link
    leads, within the portal. secret_path: instead of it where the path itself lets somebody in; it is kept sealed.
    """
    letter = Letter(
        id=new_letter_id(), org=account.org, to=account.email, kind=kind, account_id=account.id, values=values or {}, path=path
    )  # fmt: skip
    return put_out(letter, once_key=once_key, secret_path=secret_path)


def put_out(letter: Letter, *, once_key: str, secret_path: str = "") -> bool:
    """Into the outbox, and ring; whether this event had made none before."""
    if wired().letters.add(letter, once_key=once_key, secret_path=secret_path) is None:
        return False
    wired().doorbell.ring_mail(letter.id)
    return True
