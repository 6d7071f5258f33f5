"""Secrets are looked up by their hash, so that a dump of Redis contains none."""

from __future__ import annotations

import hashlib


def hash_of(secret: str) -> str:
    """sha256 in hex. For random secrets only; passwords use a slow hash elsewhere."""
    return hashlib.sha256(secret.encode()).hexdigest()
