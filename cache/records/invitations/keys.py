"""Keys of bulk invitations."""

from __future__ import annotations


def bulk(org: str, name: str) -> str:
    """Of a bulk invitation: the head, "<id>:waiting", "<id>:outcomes" and "<id>:counts"."""
    return f"o:{{{org}}}:bulk:{name}"


def newest_bulk(org: str) -> str:
    return f"o:{{{org}}}:bulk"
