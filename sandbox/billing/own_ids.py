"""Where Billing knows customers, invoices and payments by ids of its own: they are the same only by inference
(FACTS 8).
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
"""Names of ids that belong to records of Books too."""


def other_id(text: str) -> str:
    """The id of a record in the other product: the same text with another first digit. Twice is the text
    again.
    """
    return f"{9 - int(text[0])}{text[1:]}" if text[:1].isdigit() else text


def in_own_ids(organisation: Organisation, body: Any) -> Any:
    """What Billing says, in its own ids where the organisation has such."""
    return _turned(body) if organisation.settings["billing_own_ids"] else body


@billing.before_request
def read_own_ids() -> None:
    """What Billing is asked, as the rest of the sandbox knows it."""
    if not _has_own_ids():
        return
    if request.view_args:
        request.view_args.update(_turned(request.view_args))
    request.args = MultiDict(_turned(request.args.to_dict()))
    body = request.get_json(silent=True)
    if isinstance(body, dict):
        body.update(_turned(body))


@billing.after_request
def say_own_ids(response: Response) -> Response:
    """The answer in Billing's ids. The payload of an event is text, and has them already."""
    if _has_own_ids() and response.is_json:
        response.set_data(json.dumps(_turned(response.get_json()), ensure_ascii=False))
    return response


def _has_own_ids() -> bool:
    organisation = g.caller.organisation if "caller" in g else None
    return organisation is not None and bool(organisation.settings["billing_own_ids"])


def _turned(body: Any) -> Any:
    if isinstance(body, list):
        return [_turned(one) for one in body]
    if isinstance(body, dict):
        return {
            name: other_id(value) if name in SHARED and isinstance(value, str) else _turned(value)
            for name, value in body.items()
        }
    return body
