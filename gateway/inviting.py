"""Inviting a contact person: an account, a link that works once, and a letter in the outbox."""

from __future__ import annotations

import dataclasses
import datetime as dt

from flask import render_template, url_for

from cache.hashes import hash_of
from cache.records.accounts import AccountState, ClientAccount, new_account_id, normal_email
from cache.records.connection import Connection, ConnectionState
from cache.records.letters import Letter, new_letter_id
from cache.records.merchants import Merchant
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.wiring import wired


class CannotBeInvited(Exception):
    """Why this person cannot be invited, in one sentence for the merchant."""


def invite(connection: Connection, merchant: Merchant, person: ContactPerson, customer_name: str) -> ClientAccount:
    """Invite or invite again; an earlier link stops working. Raises CannotBeInvited.

    A person who was revoked is let in again by an invitation. One whose address changed in Zoho is invited under the new
    one, and the old password no longer opens the account.
    """
    if connection.state is ConnectionState.DISCONNECTED:
        raise CannotBeInvited(f"{connection.name} is disconnected; its portal is closed. Connect it again first.")
    if not person.email:
        raise CannotBeInvited(f"{person.full_name or 'This person'} has no e-mail address in Zoho Books. Add one there first.")
    known = wired().accounts.by_person(connection.org, person.id)
    account = _account_for(connection.org, person, known)
    if account.state is AccountState.ACTIVE:
        raise CannotBeInvited(f"{account.name} already signs in here and needs no invitation.")
    if not wired().accounts.swap(known, account):
        raise CannotBeInvited(f"{account.name} was invited or revoked by somebody else at this very moment. Look again before you go on.")
    if account.password_hash is None:
        wired().sessions.end_all(account.id)
    secret = wired().invitations.make(account.id)
    link = wired().settings.portal_url + url_for("invitations.show", secret=secret)
    words = {"person": person, "merchant": connection.name, "customer": customer_name, "link": link}
    letter = Letter(
        id=new_letter_id(), org=connection.org, to=account.email, kind="invitation", account_id=account.id, reply_to=merchant.email,
        subject=f"{connection.name} invites you to their client portal",
        text=render_template("letters/invitation.txt", **words), html=render_template("letters/invitation.html", **words),
    )  # fmt: skip
    if wired().letters.add(letter, once_key=f"invitation:{hash_of(secret)}") is not None:
        wired().doorbell.ring_mail(letter.id)
    wired().activity.append(connection.org, merchant.id, "invited", {"account": account.id, "person": account.name})
    return account


def revoke(connection: Connection, merchant: Merchant, account: ClientAccount) -> None:
    """Out at once: no sign-in, no link, no session. Whatever else happens to the account at that moment gives way."""
    now = wired().accounts.get(account.id) or account
    wired().accounts.save(dataclasses.replace(now, state=AccountState.REVOKED, password_hash=None))
    wired().invitations.close(account.id)
    wired().sessions.end_all(account.id)
    wired().activity.append(connection.org, merchant.id, "revoked", {"account": account.id, "person": account.name})


def _account_for(org: str, person: ContactPerson, known: ClientAccount | None) -> ClientAccount:
    name = person.full_name or person.email
    if known is None:
        return ClientAccount(
            id=new_account_id(), org=org, customer_id=person.contact_id, person_id=person.id, email=person.email, name=name,
            state=AccountState.INVITED, created_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
    if known.state is AccountState.ACTIVE and normal_email(known.email) == normal_email(person.email):
        return known
    # A new address in Zoho, or a revoked person: the old password must not open the account again.
    return dataclasses.replace(
        known, customer_id=person.contact_id, email=person.email, name=name, state=AccountState.INVITED, password_hash=None
    )
