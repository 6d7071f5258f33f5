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

from connectors.zoho.api.operation import is_zoho_id

SIGNATURE_HEADER = "X-Zoho-Webhook-Signature"
FORM_FIELD = "JSONString"

TOKEN_HEADER = "X-Foyer-Token"  # noqa: S105 - the name of a header, not a secret
"""A header that a merchant may add to the webhook in Zoho, with the secret as its value."""

ID_FIELDS: Mapping[str, tuple[str, ...]] = {
    "payments": ("payment_id", "customer_payment_id"),
    "credit_notes": ("creditnote_id",),
    "invoices": ("invoice_id",),
    "estimates": ("estimate_id",),
    "recurring_invoices": ("recurring_invoice_id",),
    "subscriptions": ("subscription_id",),
    "contacts": ("contact_id", "customer_id"),
}
"""Mirrored list → the field with a record's own id. A bare record is recognised in this order: an invoice
also has the ids of its estimate and its customer.
"""

MODULES: Mapping[str, str] = {
    "estimate": "estimates",
    "invoice": "invoices",
    "payment": "payments",
    "customerpayment": "payments",
    "customer_payment": "payments",
    "contact": "contacts",
    "customer": "contacts",
    "creditnote": "credit_notes",
    "recurring_invoice": "recurring_invoices",
    "subscription": "subscriptions",
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


def changed_records(request: WebhookRequest) -> list[tuple[str, str]]:
    """(mirrored list, id) of every record in the delivery; nothing for unreadable parts."""
    texts: Iterable[str | bytes] = [value for name, value in request.form if name == FORM_FIELD] or [
        request.body
    ]
    found: list[tuple[str, str]] = []
    for text in texts:
        try:
            payload = json.loads(text)
        except (ValueError, RecursionError):
            continue
        found += [one for one in _records(payload) if one not in found]
    return found[:MAX_RECORDS]


def _records(payload: object) -> Iterator[tuple[str, str]]:
    """Under its module's name, under `data` as in Billing's events, or at the top."""
    if not isinstance(payload, dict):
        return
    named = [
        (MODULES[name], value)
        for name, value in payload.items()
        if name in MODULES and isinstance(value, dict)
    ]
    for kind, record in named:
        yield from _id_of(kind, record)
    if named:
        return
    if isinstance(payload.get("data"), dict):
        yield from _records(payload["data"])
        return
    yield from next((found for kind in ID_FIELDS if (found := list(_id_of(kind, payload)))), [])


def _id_of(kind: str, record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ID_FIELDS[kind]:
        value = record.get(field)
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if is_zoho_id(text):
            yield kind, text
            return
