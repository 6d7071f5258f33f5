"""What an emailed link opens: the accounts of an address, evaluated when it is used."""

from __future__ import annotations

from cache.records.accounts.accounts import Accounts, AccountState, ClientAccount
from cache.records.connections.connection import ConnectionState
from cache.records.connections.connections import Connections
from cache.records.portal.portal_settings import PortalSettingsRecords
from cache.records.sign_in.single_use_links import LinkKind


class LinkAccounts:
    """Excludes invited people without a password, revoked people, and merchants who have left."""

    def __init__(self, accounts: Accounts, connections: Connections, settings: PortalSettingsRecords) -> None:
        self._accounts, self._connections, self._settings = accounts, connections, settings

    def accounts_for(self, kind: LinkKind, email: str) -> list[ClientAccount]:
        """Oldest first. Leaves out merchants' accounts that do not allow sign-in by link."""
        active = [
            account
            for account in self._accounts.by_email(email)
            if account.state is AccountState.ACTIVE and account.password_hash
        ]
        return [
            item
            for item in active
            if self._is_open(item.org) and (kind is LinkKind.RESET or self._allows_links(item.org))
        ]

    def _is_open(self, org: str) -> bool:
        connection = self._connections.get(org)
        return connection is not None and connection.state is not ConnectionState.DISCONNECTED

    def _allows_links(self, org: str) -> bool:
        return self._settings.get(org).may_sign_in_by_link
