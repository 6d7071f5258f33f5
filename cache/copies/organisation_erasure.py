"""Erase an organisation from the copies."""

from __future__ import annotations

from redis import Redis

from cache import keys

AT_ONCE = 500


def delete_organisation_copies(copies: Redis, org: str) -> int:
    """Deletes every copy of the organisation: rows, indexes, documents, PDFs. Returns the number of keys."""
    keys_to_delete = list(copies.scan_iter(match=keys.all_of(org), count=1000))
    for start in range(0, len(keys_to_delete), AT_ONCE):
        copies.unlink(*keys_to_delete[start : start + AT_ONCE])
    return len(keys_to_delete)
