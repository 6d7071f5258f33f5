"""Keys of people: clients' accounts, merchants, and their teams."""

from __future__ import annotations


def account(account_id: str) -> str:
    return f"account:{account_id}"


def accounts_of(org: str) -> str:
    return f"o:{{{org}}}:accounts"


def account_of_person(org: str, person_id: str) -> str:
    return f"o:{{{org}}}:person:{person_id}:account"


def accounts_by_email(email_hash: str) -> str:
    return f"accounts:email:{email_hash}"


def account_index(org: str) -> str:
    """Hash: account id → its state, customer and person, as one text."""
    return f"o:{{{org}}}:account_standings"


def accounts_by_customer(org: str) -> str:
    """Sorted set without scores: "<customer> <account>" of every account."""
    return f"o:{{{org}}}:accounts_by_customer"


def merchant(merchant_id: str) -> str:
    return f"merchant:{merchant_id}"


def owner_of(org: str) -> str:
    return f"o:{{{org}}}:owners"


def team(org: str) -> str:
    """Hash: merchant id → their role."""
    return f"o:{{{org}}}:team"


def colleagues_invited(org: str) -> str:
    """Hash: merchant id → the invitation."""
    return f"o:{{{org}}}:colleagues_invited"


def invited_to(merchant_id: str) -> str:
    """The organisations that a future merchant is invited to."""
    return f"merchant:{merchant_id}:invited_to"
