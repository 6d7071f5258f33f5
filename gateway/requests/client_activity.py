"""The activity of a client's own company: who asked for what, when, and how Zoho responded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from cache.records.activity.activity import ActivityEntry
from cache.records.orders.order import Order, OrderKind
from cache.records.orders.order_titles import order_title_for
from cache.scope import CustomerScope
from config.stored_messages import N_
from gateway.requests.activity_groups import is_in_group
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.wording import _, translate

SCAN_LIMIT = 5_000
"""Latest entries of the organisation among which the customer's are found."""

EVENT_TEXTS = {
    "order_recorded": N_("%(who)s asked for it"),
    "order_withdrawn": N_("%(who)s withdrew it"),
    "payment_confirmed": N_("The merchant confirmed it"),
    "payment_turned_down": N_("The merchant did not confirm it"),
    "change_confirmed": N_("The merchant agreed"),
    "change_turned_down": N_("The merchant did not agree"),
    "order_confirmed": N_("Confirmed by Zoho"),
    "order_refused": N_("Refused by Zoho"),
    "order_changed": N_("Not sent: it had changed meanwhile"),
    "order_needs_attention": N_("Needs the attention of a person"),
    "comment_answered": N_("%(who)s wrote it for the merchant"),
    "message_written": N_("%(who)s wrote to the merchant"),
    "review_written": N_("%(who)s left or changed a review"),
    "link_made": N_("%(who)s made a link to it"),
    "link_revoked": N_("%(who)s revoked a link to it"),
}
EVENTS_WITHOUT_ORDER = {
    "message_written": N_("Message to the merchant"),
    "review_written": N_("Review of the merchant"),
    "link_made": N_("Document %(number)s"),
    "link_revoked": N_("Document %(number)s"),
}
"""What was done outside of any request; written words themselves are not kept here."""


@dataclass(frozen=True)
class ClientActivityLine:
    """One line. what: the document; text: what happened to it; zoho: Zoho's own message, "" for none."""

    at: dt.datetime
    what: str
    text: str
    zoho: str
    receipt: str


def note_recorded(visit: ClientVisit, order: Order) -> None:
    """Log that a client placed an order."""
    _note(visit, order, "order_recorded")


def note_withdrawn(visit: ClientVisit, order: Order) -> None:
    _note(visit, order, "order_withdrawn")


def note_written(visit: ClientVisit, event: str) -> None:
    """Log that a client wrote to the merchant. event: message_written or review_written."""
    fields = {"customer": visit.scope.customer_id, "person": visit.account.name}
    services().activity.append(visit.scope.org, visit.account.id, event, fields)


def note_sharing(visit: ClientVisit, event: str, kind: str, document_id: str, number: str) -> None:
    """Log that a client created or revoked a document link. event: link_made or
    link_revoked. kind: "estimates" or "invoices".
    """
    fields = {
        "customer": visit.scope.customer_id,
        "kind": kind,
        "document": document_id,
        "number": number,
        "person": visit.account.name,
    }
    services().activity.append(visit.scope.org, visit.account.id, event, fields)


def client_activity(scope: CustomerScope, limit: int, group: str = "all") -> list[ClientActivityLine]:
    """Newest first, for this customer only. group: a key from gateway/requests/activity_groups.py."""
    mine = (
        item
        for item in services().activity.recent(scope.org, SCAN_LIMIT)
        if item.fields.get("customer") == scope.customer_id
    )
    told = (item for item in mine if item.event in EVENT_TEXTS and is_in_group(item.fields, group))
    return [_activity_line(item) for item in islice(told, limit)]


def _note(visit: ClientVisit, order: Order, event: str) -> None:
    services().activity.append(
        order.org, visit.account.id, event, {**order.activity_fields, "person": visit.account.name}
    )


def _activity_line(entry: ActivityEntry) -> ClientActivityLine:
    fields = entry.fields
    number = fields.get("number", "")
    if fields.get("kind") in set(OrderKind):
        what = translate(order_title_for(OrderKind(fields["kind"]), number))
    else:
        what = _(EVENTS_WITHOUT_ORDER.get(entry.event, N_("Request %(number)s")), number=number)
    return ClientActivityLine(
        at=entry.at,
        what=what,
        text=_(EVENT_TEXTS[entry.event], who=fields.get("person") or _("Somebody")),
        zoho=fields.get("zoho", ""),
        # The merchant's own comments are not client requests and have no receipt.
        receipt="" if "by" in fields else fields.get("order", ""),
    )
