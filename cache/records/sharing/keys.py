"""Keys of links that share one document."""

from __future__ import annotations


def shared_link(secret_hash: str) -> str:
    """A link to one document: its customer, its author, its expiry."""
    return f"shared:{secret_hash}"


def links_of_document(org: str, kind: str, document_id: str) -> str:
    """Sorted set: hashes of the secrets of a document's links, by expiry."""
    return f"o:{{{org}}}:shared:{kind}:{document_id}"


def links_of_account(account_id: str) -> str:
    """The same for the links made by one person."""
    return f"account:{account_id}:shared"
