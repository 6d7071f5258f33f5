"""Billing's own ids for customers, invoices and payments: that they equal those of Books is only inferred
(zoho.md 8).
"""

from __future__ import annotations

import json
from typing import Any

from flask import Response, g, request
from werkzeug.datastructures import MultiDict

from sandbox.billing.blueprint import billing
from sandbox.world import Organisation

SHARED = frozenset(
    (
        "customer_id",
        "invoice_id",
        "child_invoice_id",
        "payment_id",
        "invoice_payment_id",
        "primary_contactperson_id",
        "contactperson_id",
    )
)
"""Names of id fields whose records exist in Books too."""


def other_id(text: str) -> str:
    """A record's id in the other product: the same digits but for the first. Applied twice it gives the
    original.
    """
    return f"{9 - int(text[0])}{text[1:]}" if text[:1].isdigit() else text


def to_billing_ids(organisation: Organisation, body: Any) -> Any:
    """Billing's response with its own ids, where the organisation has such."""
    return _swap_ids(body) if organisation.settings["billing_separate_ids"] else body


@billing.before_request
def translate_request() -> None:
    """A request to Billing with the sandbox's ids."""
    if not _has_separate_ids():
        return
    if request.view_args:
        request.view_args.update(_swap_ids(request.view_args))
    request.args = MultiDict(_swap_ids(request.args.to_dict()))
    body = request.get_json(silent=True)
    if isinstance(body, dict):
        body.update(_swap_ids(body))


@billing.after_request
def translate_response(response: Response) -> Response:
    """The response with Billing's ids. An event's payload is text and has them already."""
    if _has_separate_ids() and response.is_json:
        response.set_data(json.dumps(_swap_ids(response.get_json()), ensure_ascii=False))
    return response


def _has_separate_ids() -> bool:
    organisation = g.caller.organisation if "caller" in g else None
    return organisation is not None and bool(organisation.settings["billing_separate_ids"])


def _swap_ids(body: Any) -> Any:
    if isinstance(body, list):
        return [_swap_ids(item) for item in body]
    if isinstance(body, dict):
        return {
            name: other_id(value) if name in SHARED and isinstance(value, str) else _swap_ids(value)
            for name, value in body.items()
        }
    return body
