"""Events of Billing: what happened, kept for 180 days (zoho.md 4.12)."""

from __future__ import annotations

from typing import Any

from sandbox.billing.billing_ids import to_billing_ids
from sandbox.times import zoho_time
from sandbox.world import DataCentre, Organisation, Record, World

KEPT_FOR = 180 * 24 * 3600


def record_event(world: World, organisation: Organisation, event_type: str, payload: Record) -> None:
    """Record an event now. payload: plain JSON, such as {"subscription": …}. Does nothing without Billing."""
    found = world.organisation(organisation.id)
    if found is not None and organisation.has_billing:
        world.happened(
            organisation, enter_event(found[0], organisation, event_type, payload, at=world.clock.seconds())
        )


def enter_event(
    centre: DataCentre, organisation: Organisation, event_type: str, payload: Record, *, at: int
) -> Record:
    """Add an event to the feed; the seed uses it for the past. at: seconds since 1970."""
    event: Record = {"event_id": centre.new_id(), "event_type": event_type, "payload": payload, "created": at}
    organisation.billing_events[event["event_id"]] = event
    return event


def event_row(organisation: Organisation, event: Record) -> Record:
    """An event as a list row."""
    return {
        "event_id": event["event_id"],
        "event_type": event["event_type"],
        "event_time": zoho_time(event["created"], organisation.time_zone),
    }


def event_body(organisation: Organisation, event: Record) -> Record:
    """The event with its payload, as a webhook of Billing posts it (zoho.md 6.5)."""
    return {**event_row(organisation, event), "data": to_billing_ids(organisation, event["payload"])}


def remembered(organisation: Organisation, now: int) -> list[dict[str, Any]]:
    """The events that Zoho would still keep."""
    return [event for event in organisation.billing_events.values() if event["created"] > now - KEPT_FOR]
