"""The state of a consent in progress: single use, ten minutes, bound to the session that began it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.records.connections import keys as connection_keys

STATE_LIFE = 600


@dataclass(frozen=True)
class PendingConsent:
    """dc: where the flow began. purpose: "connect", or "reconnect:<org>". uses_billing: Billing's scopes were
    requested too.
    """

    dc: str
    code_verifier: str = field(repr=False)
    purpose: str
    uses_billing: bool = False


class OAuthStates:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def remember(
        self,
        state: str,
        session_id: str,
        dc: str,
        code_verifier: str,
        purpose: str,
        *,
        uses_billing: bool = False,
    ) -> None:
        """session_id: of the session that pressed Connect; only it may finish."""
        text = json.dumps([session_id, dc, code_verifier, purpose, uses_billing])
        self._records.set(connection_keys.oauth_state(hash_of(state)), text, ex=STATE_LIFE)

    def take(self, state: str, session_id: str) -> PendingConsent | None:
        """The consent of this state, once; None if it is unknown, used, too old or another session's.

        A state returned in the wrong session is used up as well: it may be an attack.
        """
        text: Any = self._records.getdel(connection_keys.oauth_state(hash_of(state)))
        if not text:
            return None
        owner, *consent = json.loads(text)
        return PendingConsent(*consent) if owner == session_id else None
