"""Key shapes shared by all packages. Each package of records and copies defines its own keys in its keys.py.

An organisation's keys begin with it in braces: a hash tag, so that they share one slot of a cluster. What
every key holds, and for how long: docs/data-kept.md.
"""

from __future__ import annotations


def all_of(org: str) -> str:
    """A SCAN pattern for all keys of one organisation; braces are literal in Redis patterns."""
    return f"o:{{{org}}}:*"


def lock(name: str) -> str:
    """A short lock of that name (cache/locks.py)."""
    return f"lock:{name}"
