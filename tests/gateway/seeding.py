"""Puts an organisation, its clients and their documents into the stores the way the sync and the merchant's
pages do.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.connections.connection import Connection, ConnectionState
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from gateway.account.security.passwords import Passwords
from workers.copies.mirror_rows import mirror_row
from workers.services import Services

ORG = "us-600123"
PASSWORD = "a quiet harbour at dawn"
AS_OF = dt.datetime(2026, 11, 3, 10, 42, tzinfo=dt.UTC)
KINDS: dict[type, str] = {
    Estimate: "estimates",
    Invoice: "invoices",
    Payment: "payments",
    Contact: "contacts",
    RecurringInvoice: "recurring_invoices",
    CreditNote: "credit_notes",
}
LISTS = ("contacts", "persons", "estimates", "invoices", "payments", "credit_notes", "recurring_invoices")

Document = Estimate | Invoice | Payment | Contact | RecurringInvoice | CreditNote


HASHES: dict[str, str] = {}


def hash_of(services: Services, password: str) -> str:
    """Made once for each word: hashing is slow on purpose, and most tests do not look at it."""
    if password not in HASHES:
        HASHES[password] = Passwords().hash(password)
    return HASHES[password]


class Seeding:
    """Writes to the real stores of one portal."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def connect(self, org: str = ORG, *, name: str = "Harbour Light Studio", **changes: Any) -> Connection:
        """A connected organisation in UTC whose profile has been read."""
        dc, _, organization_id = org.partition("-")
        profile = Organization(
            id=organization_id,
            name=name,
            email="office@harbourlight.example",
            phone="+1 207 555 0199",
            website="https://harbourlight.example",
            address_lines=("7 Wharf Street", "04101 Portland"),
            time_zone="UTC",
            currency="USD",
        )
        given: dict[str, Any] = {
            "org": org,
            "dc": dc,
            "organization_id": organization_id,
            "name": name,
            "api_domain": "https://you-forgot-zoho.invalid",
            "accounts_server": "https://you-forgot-zoho.invalid",
            "scopes": (),
            "state": ConnectionState.CONNECTED,
            "connected_at": AS_OF,
            "connected_by": "merchant-1",
            "time_zone": "UTC",
            "currency": "USD",
            "profile": profile.to_stored(),
            "profile_as_of": AS_OF,
        }
        connection = Connection(**{**given, **changes})
        self.services.connections.save(connection, refresh_token="a refresh token that opens nothing")
        return connection

    def client(
        self,
        customer_id: str,
        person_id: str,
        *,
        email: str,
        name: str,
        org: str = ORG,
        password: str = PASSWORD,
    ) -> ClientAccount:
        """A contact person who has accepted the invitation."""
        account = ClientAccount(
            id=f"account-{person_id}",
            org=org,
            customer_id=customer_id,
            person_id=person_id,
            email=email,
            name=name,
            password_hash=hash_of(self.services, password) if password else None,
            state=AccountState.ACTIVE if password else AccountState.INVITED,
            created_at=AS_OF,
        )
        self.services.accounts.save(account)
        return account

    def has(self, *documents: Document, org: str = ORG, only_rows: bool = False) -> None:
        """Rows in the mirror and, unless only_rows, whole documents beside them."""
        for document in documents:
            kind = KINDS[type(document)]
            self.services.mirror.put_page(org, [mirror_row(kind, document, AS_OF)])
            if not only_rows:
                self.services.documents.put(
                    org, kind, document.id, document.version, document.to_stored(), AS_OF
                )

    def revoke(self, account_id: str) -> None:
        """The merchant takes a client's access away."""
        account = self.services.accounts.get(account_id)
        assert account is not None
        self.services.accounts.save(dataclasses.replace(account, state=AccountState.REVOKED))

    def settings(self, org: str = ORG, **switches: Any) -> None:
        """The merchant changes portal settings."""
        now = self.services.portal_settings.get(org)
        self.services.portal_settings.save(org, dataclasses.replace(now, **switches))

    def synced(self, org: str = ORG) -> None:
        """The first sync has gone through for every list."""
        for name in LISTS:
            self.services.mirror.mark_complete(org, name)
