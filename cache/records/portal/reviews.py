"""Clients' reviews of a merchant: one per person, who may change it. Visible to the merchant only, not
published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.portal import keys as portal_keys
from cache.stored import formerly, from_json, to_json

STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, kw_only=True)
class Review:
    """stars: one of STARS. text: "" for none. form_key: of the form that wrote it last. changed_at: when its
    text last changed.
    """

    org: str
    account_id: str
    customer_id: str
    person_name: str
    customer_name: str
    stars: int
    text: str = field(default="", repr=False, metadata=formerly("words"))
    form_key: str
    written_at: dt.datetime
    changed_at: dt.datetime

    @property
    def version(self) -> str:
        """Changes whenever the review does: a form carries it to identify the version it edits."""
        return self.changed_at.isoformat()

    @property
    def was_changed(self) -> bool:
        return self.changed_at != self.written_at


SAVE = load_script(__package__, "reviews_save")


class Reviews:
    """A hash per organisation: account → its review."""

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._save = records.register_script(SAVE)

    def save(self, review: Review, *, instead_of: Review | None) -> bool:
        """Replace the version that the author saw, None for no review yet. The same form sent twice is one
        change.

        False: another tab of the same person was faster, and nothing was written.
        """
        seen = instead_of.version if instead_of else ""
        args = [review.account_id, seen, to_json(review), review.form_key]
        return bool(self._save(keys=[portal_keys.reviews(review.org)], args=args))

    def get(self, org: str, account_id: str) -> Review | None:
        return from_json(Review, self._records.hget(portal_keys.reviews(org), account_id))

    def forget(self, org: str, account_id: str) -> None:
        """For erasure."""
        self._records.hdel(portal_keys.reviews(org), account_id)

    def of_org(self, org: str) -> list[Review]:
        """All of them, most recently changed first."""
        texts: Any = self._records.hvals(portal_keys.reviews(org))
        found = [review for text in texts if (review := from_json(Review, text)) is not None]
        return sorted(found, key=lambda review: review.changed_at, reverse=True)
