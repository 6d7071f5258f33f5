"""`/events` (zoho.md 4.12)."""

from __future__ import annotations

import json

from flask import Response, request

from sandbox.billing.blueprint import billing
from sandbox.billing.events import event_body, event_row, remembered
from sandbox.billing.listing import BillingList, page_of
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.refusals import not_found
from sandbox.world import Organisation, Record

EVENTS = BillingList(kind="billing_events", key="events", report_name="Events")


@billing.get("/events")
@needs("webhooks.READ")
def list_events(call: Call) -> Response:
    """Newest first; three fields, without payload."""
    records = reversed(remembered(call.organisation, call.world.clock.seconds()))
    return success(
        **page_of(
            call.organisation, EVENTS, records, request.args, lambda one: event_row(call.organisation, one)
        )
    )


@billing.get("/events/<event_id>")
@needs("webhooks.READ")
def get_event(call: Call, event_id: str) -> Response:
    """The payload is JSON inside a string."""
    found = {
        record["event_id"]: record for record in remembered(call.organisation, call.world.clock.seconds())
    }.get(event_id)
    if found is None:
        raise not_found()
    return success(event=event_detail(call.organisation, found))


def event_detail(organisation: Organisation, event: Record) -> Record:
    """The row with its payload as text, which contains the event once more (zoho.md 6.5)."""
    payload = json.dumps(event_body(organisation, event), ensure_ascii=False)
    return {**event_row(organisation, event), "payload": payload, "webhooks": []}
