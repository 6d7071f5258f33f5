"""Keys of the sync: how far each list has come, how late changes were, and recent checks."""

from __future__ import annotations


def sync_state(org: str, list_name: str) -> str:
    return f"o:{{{org}}}:sync:{list_name}"


def absent_once(org: str, list_name: str) -> str:
    """Ids missing in the last sweep: deleted only after a second sweep and a 404."""
    return f"o:{{{org}}}:sync:{list_name}:absent"


def sync_lags(org: str, list_name: str) -> str:
    return f"o:{{{org}}}:sync:{list_name}:lags"


def sync_expedite(org: str) -> str:
    return f"o:{{{org}}}:sync:expedite"


def checks(org: str, customer_id: str) -> str:
    """The check that a client has just triggered; expires when they may again."""
    return f"o:{{{org}}}:checks:{customer_id}"


def client_seen(org: str) -> str:
    """When one of its clients last opened a page."""
    return f"o:{{{org}}}:seen"
