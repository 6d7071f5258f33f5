"""The control API for changing records in ways that no page and no Zoho call could."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request

from sandbox.control import control
from sandbox.limits import BOOKS, LIMITS_OF
from sandbox.refusals import Refused, not_found
from sandbox.runtime import place
from sandbox.webhook_payloads import IDS

FIXED = frozenset(IDS.values())


@control.post("/documents")
def change_document() -> Response:
    """{"organization_id": …, "kind": …, "id": …, "fields": {name: value}, "silently": false}.

    The fields are the sandbox's own, such as ach_payment_initiated, allow_partial_payments,
    is_viewed_by_client, status, due_date. Silently means without last_modified_time and webhook; a record may
    also get a `modified` (seconds since 1970). An unknown name, an id, or a value of another type is refused.
    """
    body, here = request.get_json(), place()
    found = here.world.organisation(str(body.get("organization_id", "")))
    kind, key = str(body.get("kind", "")), str(body.get("id", ""))
    if found is None or kind not in IDS or key not in found[1].documents(kind):
        raise not_found()
    record, fields = found[1].documents(kind)[key], dict(body.get("fields") or {})
    for name, value in fields.items():
        if name in FIXED or name not in record or not _alike(record[name], value):
            raise Refused(4, f"{name} is not a field that can be changed, or its value is of another type")
    if body.get("silently") is True:
        record.update(fields)
        here.world.touch()
    else:
        here.world.modify(record)
        record.update(fields)
    return jsonify(record)


@control.post("/usage")
def spend_calls() -> Response:
    """{"organization_id": …, "calls": n, "product": "books"}: simulate calls by the merchant's other
    programs.
    """
    body, here = request.get_json(), place()
    found = here.world.organisation(str(body.get("organization_id", "")))
    if found is None:
        raise not_found()
    product, calls = str(body.get("product", BOOKS)), int(body.get("calls", 0))
    if product not in LIMITS_OF or calls < 1:
        raise Refused(4, f"calls of 1 or more; product = {' | '.join(LIMITS_OF)}")
    return jsonify({"left_today": here.runtime.limits.spend(found[1], calls, product)})


def _alike(old: Any, new: Any) -> bool:
    """Whether both values have the same type: all numbers are one type, booleans another."""
    numbers = (
        isinstance(old, int | float)
        and isinstance(new, int | float)
        and isinstance(old, bool) == isinstance(new, bool)
    )
    return numbers or type(old) is type(new)
