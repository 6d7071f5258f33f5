"""The merchant lets a person in, or out again."""

from __future__ import annotations

import dataclasses

from cache.records.accounts import AccountState, ClientAccount
from cache.records.connection import Connection
from cache.records.inviting import Invitee
from cache.records.merchants import Merchant
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.wiring import wired


def invite(
    connection: Connection, merchant: Merchant, person: ContactPerson, customer_name: str
) -> ClientAccount:
    """Invite or invite again; an earlier link stops working. Raises CannotBeInvited
    (cache/records/inviting.py).
    """
    invitee = Invitee(
        person_id=person.id,
        customer_id=person.contact_id,
        customer_name=customer_name,
        email=person.email,
        name=person.full_name,
        language=person.language,
    )
    account, letter_id = wired().inviting.invite(connection, merchant.id, invitee)
    wired().doorbell.ring_mail(letter_id)
    return account


def revoke(connection: Connection, merchant: Merchant, account: ClientAccount) -> None:
    """Out at once: no sign-in, no link, no session. Whatever else happens to the account at that moment gives
    way.
    """
    now = wired().accounts.get(account.id) or account
    wired().accounts.save(dataclasses.replace(now, state=AccountState.REVOKED, password_hash=None))
    wired().shared_links.end_all(now.id)
    wired().invitations.close(account.id)
    wired().second_factors.remove(account.id)
    wired().sessions.end_all(account.id)
    wired().activity.append(
        connection.org, merchant.id, "revoked", {"account": account.id, "person": account.name}
    )
