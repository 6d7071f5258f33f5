"""Key shapes that no package owns. Each package of records and copies names its own keys in its keys.py.

What belongs to an organisation begins with it, in braces: a hash tag, so that an organisation's keys share
one slot of a cluster. What every key holds, and for how long: docs/data-kept.md.
"""

from __future__ import annotations


def all_of(org: str) -> str:
    """A SCAN pattern for every key of one organisation; Redis takes the braces literally."""
    return f"o:{{{org}}}:*"


def lock(name: str) -> str:
    """A short lock of that name (cache/locks.py)."""
    return f"lock:{name}"
