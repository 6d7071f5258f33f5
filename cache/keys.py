"""The shape of the keys in records: of an organisation, its sync and calls, and what is due.

Others of records: what clients asked for (order_keys.py), people (people_keys.py), how they come in
(door_keys.py), letters (letter_keys.py); those of copies: copies/copy_keys.py. What all of them hold, and for
how long: docs/data-kept.md. What belongs to an
organisation begins with it, in braces: a hash tag, so that organisations can live on shards one day.
"""

from __future__ import annotations


def all_of(org: str) -> str:
    """A pattern for SCAN that matches every key of one organisation; the braces are literal in Redis'
    patterns.
    """
    return f"o:{{{org}}}:*"


# Records of one organisation.


def connection(org: str) -> str:
    return f"o:{{{org}}}:connection"


def access_token(org: str) -> str:
    return f"o:{{{org}}}:token"


def refused_scopes(org: str) -> str:
    """Hash: scope → when Zoho refused it, and what it said."""
    return f"o:{{{org}}}:refused"


def refresh_lock(org: str) -> str:
    return f"o:{{{org}}}:token:lock"


def refreshes(org: str) -> str:
    """Times of the last refreshes: Zoho allows ten in ten minutes (FACTS 1.3)."""
    return f"o:{{{org}}}:token:refreshes"


def portal_settings(org: str) -> str:
    return f"o:{{{org}}}:settings"


def setting_up(org: str) -> str:
    """Set: the steps of setting up that are behind the merchant."""
    return f"o:{{{org}}}:setting_up"


def sync_state(org: str, list_name: str) -> str:
    return f"o:{{{org}}}:sync:{list_name}"


def absent_once(org: str, list_name: str) -> str:
    """Ids that the last sweep did not see: gone only after a second sweep and a 404."""
    return f"o:{{{org}}}:sync:{list_name}:absent"


def webhook_door(org: str) -> str:
    """Hash: the sealed address and secret, and how deliveries prove themselves."""
    return f"o:{{{org}}}:webhook"


def webhook_deliveries(org: str) -> str:
    return f"o:{{{org}}}:webhook:deliveries"


def webhook_minute(org: str) -> str:
    return f"o:{{{org}}}:webhook:minute"


def sync_lags(org: str, list_name: str) -> str:
    return f"o:{{{org}}}:sync:{list_name}:lags"


def sync_hurry(org: str) -> str:
    return f"o:{{{org}}}:sync:hurry"


def checked(org: str, customer_id: str) -> str:
    """A client has just had Zoho asked; gone when they may again."""
    return f"o:{{{org}}}:checked:{customer_id}"


def activity(org: str) -> str:
    return f"o:{{{org}}}:activity"


# Limits of one organisation and product, in records: every process must see the same count.


def minute_log(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:minute"


def in_flight(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:flight"


def blocked(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:blocked"


def day_figures(org: str, product: str) -> str:
    return f"o:{{{org}}}:calls:{product}:day"


def call_counts(org: str, product: str, day: str) -> str:
    """Hash of one UTC day: class → calls, and "<class>:waited" → milliseconds its callers waited for their
    turn.
    """
    return f"o:{{{org}}}:calls:{product}:count:{day}"


def client_seen(org: str) -> str:
    """When one of its clients last opened a page."""
    return f"o:{{{org}}}:seen"


# Records of all organisations.


def connections() -> str:
    return "connections"


def logo(name: str) -> str:
    return f"logo:{name}"


def webhook_key(key_hash: str) -> str:
    """The organisation whose webhooks arrive at this address."""
    return f"webhook:{key_hash}"


def oauth_state(state_hash: str) -> str:
    return f"oauth:{state_hash}"


def pending_grant(session_id: str) -> str:
    return f"grant:{session_id}"


def left_grant(grant_id: str) -> str:
    return f"left_grant:{grant_id}"


def due(name: str) -> str:
    """Members with the time at which they are due: "orders", "sync", "mail", "grants", "links", "digests",
    "bulk".
    """
    return f"due:{name}"


def tick(name: str, slot: int) -> str:
    return f"tick:{name}:{slot}"


def heartbeat(process_kind: str) -> str:
    return f"beat:{process_kind}"


def lock(name: str) -> str:
    return f"lock:{name}"
