"""Renewing the seal of every secret in records, while everything runs: after it, the older keys open nothing
any more.

Sealed text is known by its shape, in strings, in fields of hashes and in one field of stored JSON: a new kind
of record is covered by itself. Each is changed only if it still is what was read: what somebody writes
meanwhile is sealed with the first key already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.sealing import Seal, SealBroken

FERNET = r"gAAAA[A-Za-z0-9_-]{40,}={0,2}"
"""A Fernet token: version 128 and a time of this century, in base64."""

SEALED = re.compile(rf'\A{FERNET}\Z|(?<="sealed_path": "){FERNET}(?=")|(?<="sealed_path":"){FERNET}(?=")')
"""A text that is nothing else, or a field of stored JSON whose name says so. What a person typed is never
one: its quotes are escaped.
"""

QUEUES = "rq:"
"""Jobs hold ids alone, packed by RQ."""

MAX_ROUNDS = 20
AT_ONCE = 500

SWAP = """
local now
if ARGV[1] == '' then now = redis.call('GET', KEYS[1]) else now = redis.call('HGET', KEYS[1], ARGV[1]) end
if now ~= ARGV[2] then return 0 end
if ARGV[1] == '' then redis.call('SET', KEYS[1], ARGV[3], 'KEEPTTL') else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return 1
"""


@dataclass(frozen=True)
class Resealed:
    """renewed: texts that got a new seal. broken: keys of records that no key of ours opens; they were left
    as they are.
    """

    renewed: int
    broken: tuple[str, ...]


def reseal_records(records: Redis, seal: Seal) -> Resealed:
    """Renew whatever is not sealed with the first key. May run as often as one likes, and beside everything
    else.
    """
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
    """(key, field of a hash or "", text) of everything that holds something sealed."""
    for key in _keys(records, "string"):
        text: Any = records.get(key)
        if text and SEALED.search(text):
            yield key, "", text
    for key in _keys(records, "hash"):
        fields: Any = records.hgetall(key)
        yield from ((key, field, text) for field, text in fields.items() if field and SEALED.search(text))


def _keys(records: Redis, kind: str) -> Iterator[str]:
    return (key for key in records.scan_iter("*", count=AT_ONCE, _type=kind) if not key.startswith(QUEUES))
