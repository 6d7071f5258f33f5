"""Inviting a contact person: an account, a single-use link, and an email in the outbox. Used for one and for
thousands.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from cache.hashes import hash_of
from cache.records.accounts.accounts import (
    Accounts,
    AccountState,
    ClientAccount,
    new_account_id,
    normal_email,
)
from cache.records.activity.activity import Activity
from cache.records.connections.connection import Connection, ConnectionState
from cache.records.email.emails import Email, Emails, new_email_id
from cache.records.sign_in.sessions import Sessions
from cache.records.sign_in.single_use_links import SingleUseLinks
from config.languages import language_of


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """A contact person in Zoho. customer_name, language: of their customer."""

    person_id: str
    customer_id: str
    customer_name: str
    email: str
    name: str
    language: str = ""

    @property
    def shown_name(self) -> str:
        return self.name or self.email


class CannotBeInvited(Exception):
    """Why this person cannot be invited, in one sentence for the merchant. reason: in one word."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Inviting:
    """The records that an invitation touches."""

    accounts: Accounts
    invitations: SingleUseLinks
    sessions: Sessions
    emails: Emails
    activity: Activity

    def invite(
        self, connection: Connection, merchant_id: str, invitee: Invitee, *, once_key: str = ""
    ) -> tuple[ClientAccount, str]:
        """Invite, or invite again; an earlier link stops working. (account, id of the email to enqueue).
        Raises CannotBeInvited.

        A revoked person is readmitted by an invitation. If their address changed in Zoho they are invited
        under the new one, and the old password stops working. once_key: of an event that invites once; if its
        email exists already, nothing is done and the id is "": another link would invalidate the one in that
        email.
        """
        known = self.accounts.by_person(connection.org, invitee.person_id)
        if once_key and known is not None and self.emails.was_added(once_key):
            return known, ""
        account = self._account(connection, invitee, known)
        if not self.accounts.swap(known, account):
            message = (
                f"{account.name} was invited or revoked by somebody else at this very moment. "
                f"Look again before you go on."
            )
            raise CannotBeInvited("busy", message)
        if account.password_hash is None:
            self.sessions.end_all(account.id)
        secret = self.invitations.make(account.id)
        email = Email(
            id=new_email_id(),
            org=connection.org,
            to=account.email,
            kind="invitation",
            account_id=account.id,
            values={"customer": invitee.customer_name},
        )
        self.emails.add(
            email, once_key=once_key or f"invitation:{hash_of(secret)}", secret_path=f"/invitations/{secret}"
        )
        self.activity.append(
            connection.org, merchant_id, "invited", {"account": account.id, "person": account.name}
        )
        return account, email.id

    def _account(
        self, connection: Connection, invitee: Invitee, known: ClientAccount | None
    ) -> ClientAccount:
        """The account as it will be. Raises CannotBeInvited."""
        if connection.state is ConnectionState.DISCONNECTED:
            raise CannotBeInvited(
                "closed", f"{connection.name} is disconnected; its portal is closed. Connect it again first."
            )
        if not invitee.email:
            message = (
                f"{invitee.name or 'This person'} has no e-mail address in Zoho Books. Add one there first."
            )
            raise CannotBeInvited("no_email", message)
        account = _account_for(connection.org, invitee, known)
        if account.state is AccountState.ACTIVE:
            raise CannotBeInvited("active", f"{account.name} already signs in here and needs no invitation.")
        return account


def _account_for(org: str, invitee: Invitee, known: ClientAccount | None) -> ClientAccount:
    if known is None:
        return ClientAccount(
            id=new_account_id(),
            org=org,
            customer_id=invitee.customer_id,
            person_id=invitee.person_id,
            email=invitee.email,
            name=invitee.shown_name,
            state=AccountState.INVITED,
            created_at=dt.datetime.now(dt.UTC),
            language=language_of(invitee.language),
        )
    if known.state is AccountState.ACTIVE and normal_email(known.email) == normal_email(invitee.email):
        return known
    # A new address in Zoho, or a revoked person: the old password must not work again.
    return dataclasses.replace(
        known,
        customer_id=invitee.customer_id,
        email=invitee.email,
        name=invitee.shown_name,
        state=AccountState.INVITED,
        password_hash=None,
    )
