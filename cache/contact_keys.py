"""The shape of the keys of what clients write to a merchant; the rules are those of cache/keys.py."""

from __future__ import annotations


def reviews(org: str) -> str:
    """Hash: account → its review."""
    return f"o:{{{org}}}:reviews"


def words_to_merchant(org: str, account_id: str, way: str) -> str:
    """The keys of the forms that a person sent lately, with when."""
    return f"o:{{{org}}}:account:{account_id}:words:{way}"
