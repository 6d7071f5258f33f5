"""Secrets are looked up by their hash, so that a dump of Redis opens no door."""

from __future__ import annotations

import hashlib


def hash_of(secret: str) -> str:
    """sha256 in hex. For random secrets only; passwords are hashed slowly elsewhere."""
    return hashlib.sha256(secret.encode()).hexdigest()
