"""Keys of copies that belong to no package: fetch locks and breakers."""

from __future__ import annotations


def fetch_lock(org: str, customer_id: str, *what: str) -> str:
    """Held by the process that is fetching exactly this for this customer."""
    return f"o:{{{org}}}:asking:{customer_id}:{':'.join(what)}"


def breaker(org: str) -> str:
    return f"o:{{{org}}}:breaker"
