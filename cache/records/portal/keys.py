"""Keys of the merchant's portal: settings, set-up, branding, reviews."""

from __future__ import annotations


def portal_settings(org: str) -> str:
    return f"o:{{{org}}}:settings"


def setup_progress(org: str) -> str:
    """Set: the set-up steps that the merchant has completed."""
    return f"o:{{{org}}}:setting_up"


def logo(name: str) -> str:
    return f"logo:{name}"


def reviews(org: str) -> str:
    """Hash: account → its review."""
    return f"o:{{{org}}}:reviews"


def contact_forms(org: str, account_id: str, method: str) -> str:
    """The keys of the forms that a person sent recently, with their times."""
    return f"o:{{{org}}}:account:{account_id}:words:{method}"
