"""Webhook deliveries: whether one is genuine, and which records it names (zoho.md 6.2, 6.3).

Only module and id are used; the record is fetched from Zoho. So a forged, repeated, late or reordered webhook
can cause a fetch and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cache.document_kind import DocumentKind
from connectors.zoho.api.operation import is_zoho_id
from connectors.zoho.document_kinds import ZOHO_DOCUMENTS

SIGNATURE_HEADER = "X-Zoho-Webhook-Signature"
FORM_FIELD = "JSONString"

TOKEN_HEADER = "X-Foyer-Token"  # noqa: S105 - the name of a header, not a secret
"""A header that a merchant may add to the webhook in Zoho, with the secret as its value."""

KIND_OF_MODULE: Mapping[str, DocumentKind] = {
    module: kind for kind, row in ZOHO_DOCUMENTS.items() for module in row.webhook_modules
}

MAX_RECORDS = 10
"""Per delivery; Zoho sends one record at a time."""


@dataclass(frozen=True)
class WebhookRequest:
    """A request as received: query parameters, form fields and the raw body."""

    query: tuple[tuple[str, str], ...]
    form: tuple[tuple[str, str], ...]
    body: bytes


def is_signed_with(secret: str, request: WebhookRequest, signature: str) -> bool:
    """HMAC-SHA256, hex in either case, over query and form parameters sorted by key, then the raw body.
    Constant time.

    A form is signed by its decoded fields alone: its raw body is not appended (zoho.md 6.3).
    """
    return hmac.compare_digest(signature_of(secret, request).encode(), signature.strip().lower().encode())


def signature_of(secret: str, request: WebhookRequest) -> str:
    """Zoho's signature, in lower case."""
    fields = "".join(name + value for name, value in sorted((*request.query, *request.form)))
    text = fields.encode() + (b"" if request.form else request.body)
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def changed_records(request: WebhookRequest) -> list[tuple[DocumentKind, str]]:
    """(kind, id) of every record in the delivery; nothing for unreadable parts."""
    texts: Iterable[str | bytes] = [value for name, value in request.form if name == FORM_FIELD] or [
        request.body
    ]
    found: list[tuple[DocumentKind, str]] = []
    for text in texts:
        try:
            payload = json.loads(text)
        except (ValueError, RecursionError):
            continue
        found += [record for record in _records(payload) if record not in found]
    return found[:MAX_RECORDS]


def _records(payload: object) -> Iterator[tuple[DocumentKind, str]]:
    """Under its module's name, under `data` as in Billing's events, or at the top."""
    if not isinstance(payload, dict):
        return
    named = [
        (KIND_OF_MODULE[name], value)
        for name, value in payload.items()
        if name in KIND_OF_MODULE and isinstance(value, dict)
    ]
    for kind, record in named:
        yield from _id_of(kind, record)
    if named:
        return
    if isinstance(payload.get("data"), dict):
        yield from _records(payload["data"])
        return
    yield from next((found for kind in ZOHO_DOCUMENTS if (found := list(_id_of(kind, payload)))), [])


def _id_of(kind: DocumentKind, record: dict[str, Any]) -> Iterator[tuple[DocumentKind, str]]:
    for field in ZOHO_DOCUMENTS[kind].id_fields:
        value = record.get(field)
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if is_zoho_id(text):
            yield kind, text
            return
