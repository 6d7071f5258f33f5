"""`PUT /customerpayments`: update by a unique custom field, or create if none has the value (zoho.md 3.3)."""

from __future__ import annotations

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, body_of, needs
from sandbox.books.customer_payments import create_from, read_payment
from sandbox.books.envelope import success
from sandbox.books.payment_records import payment_detail
from sandbox.payment_amending import amend_payment
from sandbox.refusals import Refused, not_found
from sandbox.unique_field import payment_with
from sandbox.wording import say

NO_UNIQUE_FIELD = 120


@books.put("/customerpayments")
@needs("customerpayments.UPDATE")
def update_customer_payment_using_custom_field(call: Call) -> Response:
    """Headers `X-Unique-Identifier-Key`, `-Value` and `X-Upsert`. A repeat *updates* with the body: still one
    payment.
    """
    key, value = (
        request.headers.get("X-Unique-Identifier-Key", ""),
        request.headers.get("X-Unique-Identifier-Value", ""),
    )
    if not value or not key or key != call.organisation.settings["unique_payment_field"]:
        raise Refused(NO_UNIQUE_FIELD, say(call.organisation.language, "no_unique_field"))
    body, found = body_of(request.get_json(silent=True)), payment_with(call.organisation, key, value)
    if found is not None:
        amend_payment(call.world, call.centre, call.organisation, found, **read_payment(call, body))
    elif request.headers.get("X-Upsert", "").lower() == "true":
        found = create_from(call, body, custom_fields={key: value})
    else:
        raise not_found()
    return success(
        say(call.organisation.language, "payment_updated"), payment=payment_detail(call.organisation, found)
    )
