"""A rendered email, ready to send."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class OutgoingEmail:
    """to: one address. reply_to: one address or "". from_name: the display name beside the portal's address.

    unsubscribe_link: where one POST stops emails of this kind (RFC 8058); "" if it cannot be stopped.
    """

    id: str
    org: str
    kind: str
    to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    reply_to: str = ""
    from_name: str = ""
    unsubscribe_link: str = field(default="", repr=False)
