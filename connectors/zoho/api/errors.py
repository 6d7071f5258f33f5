"""Zoho errors, named by what the caller should do.

    ZohoError                 base class: .reason for people; .code, .status and .request for logs
    ├── ZohoUnavailable       try again later: time-out, cut connection, 5xx, HTML instead of JSON
    │   └── ZohoBusy          wait .retry_after seconds; nothing has happened in Zoho
    ├── ZohoAccessLost        the merchant must connect again
    ├── ZohoScopeMissing      this one feature is not allowed; the others work
    ├── ZohoNotFound          deleted, or never existed
    ├── ZohoRefused           Zoho refused, and would refuse again
    ├── ZohoUnreadable        Zoho answered, but a field cannot be read; nothing is guessed
    └── OAuthRefused          connecting failed; nothing was connected

Zoho's messages are for display: they are localised and reworded at will (zoho.md 2.2). They are kept for
people, and no code depends on them.
"""

from __future__ import annotations


class ZohoError(Exception):
    """Base class of all Zoho errors.

    reason: one sentence for people, Zoho's own message if there is one. code: the envelope's code.
    status: the HTTP status.
    request: method and path of the call, without parameters.
    """

    def __init__(
        self, reason: str, *, code: int | None = None, status: int | None = None, request: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason, self.code, self.status, self.request = reason, code, status, request


class ZohoUnavailable(ZohoError):
    """Try again later.

    outcome_unknown: true for a write whose request may have reached Zoho; read back before repeating anything
    (zoho.md 3.3).
    """

    def __init__(
        self,
        reason: str,
        *,
        code: int | None = None,
        status: int | None = None,
        request: str = "",
        outcome_unknown: bool = False,
    ) -> None:
        super().__init__(reason, code=code, status=status, request=request)
        self.outcome_unknown = outcome_unknown


class ZohoBusy(ZohoUnavailable):
    """Wait `retry_after` seconds: Zoho's limits or our share of them are used up. Nothing happened in Zoho.

    scope: which limit: minute, day, at_once, blocked (an earlier limit still applies) or tokens (the token
    throttle of zoho.md 1.3).
    """

    def __init__(
        self,
        reason: str,
        *,
        retry_after: float,
        scope: str = "minute",
        code: int | None = None,
        status: int | None = None,
        request: str = "",
    ) -> None:
        super().__init__(reason, code=code, status=status, request=request)
        self.retry_after, self.scope = retry_after, scope


class ZohoAccessLost(ZohoError):
    """The merchant must connect again: the refresh token is dead, or the organisation is no longer theirs."""


class ZohoScopeMissing(ZohoError):
    """The merchant's grant does not cover this call (code 57 that a fresh token does not cure).

    `scope`: what is missing, if known.
    """

    def __init__(
        self,
        reason: str,
        *,
        scope: str = "",
        code: int | None = None,
        status: int | None = None,
        request: str = "",
    ) -> None:
        super().__init__(reason, code=code, status=status, request=request)
        self.scope = scope


class ZohoNotFound(ZohoError):
    """Deleted or unknown: HTTP 404 with Zoho's envelope, or code 1002."""


class ZohoRefused(ZohoError):
    """Zoho understood and refused: any other 4xx, or a non-zero code in a 200."""


class ZohoUnreadable(ZohoError):
    """A field of a document cannot be read. Says where, never the value, which may be personal.

    org: organisation key. kind: what was being read ("invoice"). id: its Zoho id, "" if that is unreadable
    too.
    field: path of the field.
    """

    def __init__(self, *, org: str, kind: str, id: str, field: str, why: str = "") -> None:
        document = f"{kind} {id or 'without id'} of organisation {org or 'unknown'}"
        super().__init__(f"Zoho's {document}: {field} cannot be read{f' ({why})' if why else ''}")
        self.org, self.kind, self.id, self.field, self.why = org, kind, id, field, why


class OAuthRefused(ZohoError):
    """A merchant's connect failed: an unknown server in the callback, a used code, or no refresh token."""
