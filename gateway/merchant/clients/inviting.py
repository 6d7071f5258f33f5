"""The merchant lets a person in, or out again."""

from __future__ import annotations

import dataclasses

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.merchants import Merchant
from cache.records.connections.connection import Connection
from cache.records.invitations.inviting import Invitee
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.web.services import services


def invite(
    connection: Connection, merchant: Merchant, person: ContactPerson, customer_name: str
) -> ClientAccount:
    """Invite or invite again; an earlier link stops working. Raises CannotBeInvited
    (cache/records/invitations/inviting.py).
    """
    invitee = Invitee(
        person_id=person.id,
        customer_id=person.contact_id,
        customer_name=customer_name,
        email=person.email,
        name=person.full_name,
        language=person.language,
    )
    account, email_id = services().inviting.invite(connection, merchant.id, invitee)
    services().job_queue.enqueue_mail(email_id)
    return account


def revoke(connection: Connection, merchant: Merchant, account: ClientAccount) -> None:
    """Out at once: no sign-in, no link, no session. Whatever else happens to the account at that moment gives
    way.
    """
    now = services().accounts.get(account.id) or account
    services().accounts.save(dataclasses.replace(now, state=AccountState.REVOKED, password_hash=None))
    services().shared_links.end_all(now.id)
    services().invitations.close(account.id)
    services().second_factors.remove(account.id)
    services().sessions.end_all(account.id)
    services().activity.append(
        connection.org, merchant.id, "revoked", {"account": account.id, "person": account.name}
    )
