"""Reseal every secret in records with the newest key, while everything runs; afterwards the older keys are
unused.

Sealed text is recognised by its form, in strings, hash fields and one field of stored JSON, so new kinds of
records are covered automatically. A value is replaced only if it is unchanged since it was read: concurrent
writes use the newest key already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.sealing import Seal, SealBroken

FERNET = r"gAAAA[A-Za-z0-9_-]{40,}={0,2}"
"""A Fernet token: version 128 and a time of this century, in base64."""

SEALED = re.compile(rf'\A{FERNET}\Z|(?<="sealed_path": "){FERNET}(?=")|(?<="sealed_path":"){FERNET}(?=")')
"""A whole text, or a field of stored JSON named for it. User input never matches: its quotes are escaped."""

QUEUES = "rq:"
"""Jobs hold only ids, serialised by RQ."""

MAX_ROUNDS = 20
AT_ONCE = 500

SWAP = load_script(__package__, "resealing_swap")


@dataclass(frozen=True)
class Resealed:
    """renewed: resealed texts. broken: keys of records that none of our keys opens; they are left
    unchanged.
    """

    renewed: int
    broken: tuple[str, ...]


def reseal_records(records: Redis, seal: Seal) -> Resealed:
    """Reseal whatever is not sealed with the first key. Idempotent, and safe beside everything else."""
    swap = records.register_script(SWAP)
    renewed: int = 0
    broken: set[str] = set()
    for _ in range(MAX_ROUNDS):
        moved = 0
        for key, field, text in _texts(records):
            try:
                wanted = SEALED.sub(lambda found: _renewed(seal, found[0]), text)
            except SealBroken:
                broken.add(key)
                continue
            if wanted != text:
                swap(keys=[key], args=[field, text, wanted])
                moved += 1
        renewed += moved
        if not moved:
            break
    return Resealed(renewed, tuple(sorted(broken)))


def _renewed(seal: Seal, sealed: str) -> str:
    return sealed if seal.is_newest(sealed) else seal.renew(sealed)


def _texts(records: Redis) -> Iterator[tuple[str, str, str]]:
    """(key, field of a hash or "", text) of every sealed value."""
    for key in _keys(records, "string"):
        text: Any = records.get(key)
        if text and SEALED.search(text):
            yield key, "", text
    for key in _keys(records, "hash"):
        fields: Any = records.hgetall(key)
        yield from ((key, field, text) for field, text in fields.items() if field and SEALED.search(text))


def _keys(records: Redis, kind: str) -> Iterator[str]:
    return (key for key in records.scan_iter("*", count=AT_ONCE, _type=kind) if not key.startswith(QUEUES))
