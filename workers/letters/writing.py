"""How workers put a letter into the outbox: once per event, and not at all where it would only be left
out.
"""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id
from workers.job_setup import Resources
from workers.letters.leaving_out import why_left_out


def put_out(desk: Resources, letter: Letter, *, once_key: str) -> None:
    """Into the outbox and ring, unless this event made its letter before or nobody wants it."""
    if not why_left_out(desk, letter) and desk.letters.add(letter, once_key=once_key) is not None:
        desk.doorbell.ring_mail(letter.id)


def tell_client(
    desk: Resources, account: ClientAccount, kind: str, values: Mapping[str, str], *, path: str, event: str
) -> None:
    """event: what must not be told twice; each person hears of it once."""
    letter = Letter(
        id=new_letter_id(),
        org=account.org,
        to=account.email,
        kind=kind,
        account_id=account.id,
        values=values,
        path=path,
    )
    put_out(desk, letter, once_key=f"{kind}:{event}:{account.id}")


def tell_merchants(
    desk: Resources, org: str, kind: str, values: Mapping[str, str], *, path: str, event: str
) -> None:
    """To everybody who looks after the organisation."""
    for merchant in desk.merchants.for_org(org):
        letter = Letter(
            id=new_letter_id(),
            org=org,
            to=merchant.email,
            kind=kind,
            merchant_id=merchant.id,
            values=values,
            path=path,
        )
        put_out(desk, letter, once_key=f"{kind}:{event}:{merchant.id}")
