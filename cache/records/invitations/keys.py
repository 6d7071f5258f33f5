"""Keys of bulk invitations."""

from __future__ import annotations


def bulk(org: str, name: str) -> str:
    """Of many invitations at once: the head, "<id>:waiting", "<id>:outcomes" and "<id>:counts"."""
    return f"o:{{{org}}}:bulk:{name}"


def newest_bulk(org: str) -> str:
    return f"o:{{{org}}}:bulk"
