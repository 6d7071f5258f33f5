"""The name shown for a client where a person has several accounts."""

from __future__ import annotations

from cache.copies.mirror.mirror import Mirror
from cache.records.accounts.accounts import ClientAccount
from cache.scope import CustomerScope


def client_name(mirror: Mirror, account: ClientAccount) -> str:
    """The customer's name as last read; the person's own if none was read."""
    row = mirror.get(CustomerScope(account.org, account.customer_id), "contacts", account.customer_id)
    return (
        str(row.body.get("name") or row.body.get("company_name") or account.name)
        if row is not None
        else account.name
    )
