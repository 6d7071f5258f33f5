"""The shape of the keys in records about merchants, their colleagues and what they set up; beside cache/keys.py."""

from __future__ import annotations


def team(org: str) -> str:
    """Hash: merchant id → their role."""
    return f"o:{{{org}}}:team"


def colleagues_invited(org: str) -> str:
    """Hash: merchant id → the invitation."""
    return f"o:{{{org}}}:colleagues_invited"


def invited_to(merchant_id: str) -> str:
    """The organisations a merchant-to-be is invited to."""
    return f"merchant:{merchant_id}:invited_to"


def client_view(session_id: str) -> str:
    """The client that a merchant's session looks as."""
    return f"session:{session_id}:view"


def account_standings(org: str) -> str:
    """Hash: account id → its state, customer and person, as one text."""
    return f"o:{{{org}}}:account_standings"


def logo(name: str) -> str:
    return f"logo:{name}"


def setting_up(org: str) -> str:
    """Set: the steps of setting up that are behind the merchant."""
    return f"o:{{{org}}}:setting_up"
