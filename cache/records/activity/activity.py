"""The activity log: an append-only list per organisation, each entry chained to the one before by a hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.activity import keys as activity_keys

FIRST = "0" * 64
"""What the first entry is chained to."""

TRIES = 20


class ActivityBusy(Exception):
    """Too many concurrent writers; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class ActivityEntry:
    """actor: account id, merchant id, or "foyer". event: a constant name. fields: ids and plain text only.

    has_personal_text: whether some of them are personal (PERSONAL_FIELDS) and not erased.
    """

    number: int
    at: dt.datetime
    actor: str
    event: str
    fields: dict[str, str]
    previous: str
    digest: str
    has_personal_text: bool = False


PERSONAL_FIELDS = frozenset({"person", "number", "zoho"})
"""Fields that name or quote a person. The chain holds only a salted hash of each, and the text is stored
beside it: it can be erased without breaking the chain (docs/decisions/0023).
"""

ERASE = load_script(__package__, "activity_erase")

APPEND = load_script(__package__, "activity_append")


class Activity:
    def __init__(self, records: Redis) -> None:
        self._records = records
        self._append = records.register_script(APPEND)
        self._erase = records.register_script(ERASE)

    def append(self, org: str, actor: str, event: str, fields: dict[str, str]) -> ActivityEntry:
        """Append an entry. Raises ActivityBusy if other writers keep interfering."""
        words = {
            name: [secrets.token_hex(16), value]
            for name, value in fields.items()
            if name in PERSONAL_FIELDS and value
        }
        plain = {name: value for name, value in fields.items() if name not in words}
        for _ in range(TRIES):
            last: Any = self._records.lindex(activity_keys.activity(org), -1)
            before: dict[str, Any] = json.loads(last) if last else {"number": 0, "digest": FIRST}
            body = {
                "number": before["number"] + 1,
                "at": dt.datetime.now(dt.UTC).isoformat(),
                "actor": actor,
                "event": event,
                "fields": plain,
                "hidden": {name: _hidden(*item) for name, item in words.items()},
                "previous": before["digest"],
            }
            entry = {**body, "digest": _digest(body), "words": words}
            if self._append(keys=[activity_keys.activity(org)], args=[last or "", json.dumps(entry)]):
                return _read(entry)
        raise ActivityBusy(org)

    def recent(self, org: str, limit: int) -> list[ActivityEntry]:
        """Newest first."""
        texts: Any = self._records.lrange(activity_keys.activity(org), -limit, -1)
        return [_read(json.loads(text)) for text in reversed(texts)]

    def erase_personal_text(self, org: str, numbers: Iterable[int]) -> None:
        """Erase the personal text of these entries; the chain stays valid. Idempotent."""
        for number in numbers:
            text: Any = self._records.lindex(activity_keys.activity(org), number - 1)
            entry = _entry(text or "")
            if entry.get("words"):
                self._erase(
                    keys=[activity_keys.activity(org)],
                    args=[number - 1, text, json.dumps({**entry, "words": {}})],
                )

    def first_broken(self, org: str) -> int | None:
        """The position (from 1) of the first altered, removed or inserted entry; None if the chain is valid.

        A chain with its end cut off is still valid; compare with an export kept elsewhere.
        """
        previous = FIRST
        texts: Any = self._records.lrange(activity_keys.activity(org), 0, -1)
        for place, text in enumerate(texts, start=1):
            entry = _entry(text)
            body = {name: value for name, value in entry.items() if name not in ("digest", "words")}
            if (
                not _fit(entry)
                or entry.get("previous") != previous
                or entry.get("number") != place
                or entry.get("digest") != _digest(body)
            ):
                return place
            previous = entry["digest"]
        return None


def _entry(text: str) -> dict[str, Any]:
    """Empty for anything that is not an entry."""
    try:
        entry = json.loads(text)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _hidden(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def _fit(entry: dict[str, Any]) -> bool:
    """Whether the text beside an entry matches the hashes in its chain; erased text is absent."""
    words, hidden = entry.get("words", {}), entry.get("hidden", {})
    return all(hidden.get(name) == _hidden(*item) for name, item in words.items())


def _read(entry: dict[str, Any]) -> ActivityEntry:
    """Entries from before texts could be erased have them among their fields."""
    words = {name: item[1] for name, item in entry.get("words", {}).items()}
    known = {name: value for name, value in entry.items() if name not in ("words", "hidden")}
    fields = {**entry["fields"], **words}
    return ActivityEntry(
        **{
            **known,
            "fields": fields,
            "at": dt.datetime.fromisoformat(entry["at"]),
            "has_personal_text": bool(words),
        }
    )
