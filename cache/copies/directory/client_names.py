"""What a client is called where several of a person's accounts stand side by side."""

from __future__ import annotations

from cache.copies.mirror.mirror import Mirror
from cache.records.accounts.accounts import ClientAccount
from cache.scope import CustomerScope


def client_name(mirror: Mirror, account: ClientAccount) -> str:
    """The customer's name as last read; the person's own while nothing has been read."""
    row = mirror.get(CustomerScope(account.org, account.customer_id), "contacts", account.customer_id)
    return (
        str(row.body.get("name") or row.body.get("company_name") or account.name)
        if row is not None
        else account.name
    )
