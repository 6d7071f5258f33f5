"""The customer whose data may be read: the only way client pages reach copies and records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CustomerScope:
    """One customer of one organisation. Made from a session or a shared link's record, never from what a
    browser sent.

    org: our key of the organisation, "us-600123". customer_id: Zoho's contact id.
    """

    org: str
    customer_id: str
