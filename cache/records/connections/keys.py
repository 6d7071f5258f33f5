"""Keys of an organisation's connection to Zoho: tokens, scopes, webhooks, and the call budget."""

from __future__ import annotations


def connection(org: str) -> str:
    return f"o:{{{org}}}:connection"


def access_token(org: str) -> str:
    return f"o:{{{org}}}:token"


def refused_scopes(org: str) -> str:
    """Hash: scope → when Zoho refused it, and its message."""
    return f"o:{{{org}}}:refused"


def refresh_lock(org: str) -> str:
    return f"o:{{{org}}}:token:lock"


def refreshes(org: str) -> str:
    """Times of the last refreshes: Zoho allows ten in ten minutes (zoho.md 1.3)."""
    return f"o:{{{org}}}:token:refreshes"


def webhook_endpoint(org: str) -> str:
    """Hash: the sealed address and secret, and how deliveries are authenticated."""
    return f"o:{{{org}}}:webhook"


def webhook_deliveries(org: str) -> str:
    return f"o:{{{org}}}:webhook:deliveries"


def webhook_minute(org: str) -> str:
    """The deliveries of this minute."""
    return f"o:{{{org}}}:webhook:in_minute"


def minute_log(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:minute"


def in_flight(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:flight"


def blocked(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:blocked"


def day_figures(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:day"


def call_counts(org: str, product: str, day: str) -> str:
    """Hash of one UTC day: class → calls, and "<class>:waited" → milliseconds its callers waited
    for a slot.
    """
    return f"o:{{{org}}}:calls:{product}:count:{day}"


def connections() -> str:
    return "connections"


def webhook_key(key_hash: str) -> str:
    """The organisation that receives webhooks at this address."""
    return f"webhook:{key_hash}"


def oauth_state(state_hash: str) -> str:
    return f"oauth:{state_hash}"


def pending_grant(session_id: str) -> str:
    return f"grant:{session_id}"


def orphaned_grant(grant_id: str) -> str:
    return f"left_grant:{grant_id}"
